//! Which files of a directory are `gen`'s: those that its ledger lists.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::directory::Directory;
use super::ledger::{LEDGER, Ledger};
use super::{Member, hydrator};
use crate::error::Error;

/// The files of a directory that its ledger lists, and those that are there of `others`; `None` if it has no ledger. Of which commit they
/// are is none of them.
///
/// # Errors
///
/// What the file system says, a path that leads out of the directory, or a ledger that cannot be read as one.
pub fn own_files(path: &Path, others: &[&str]) -> Result<Option<BTreeMap<String, String>>, Error> {
    let directory = Directory::open(path)?;
    let has_ledger = directory.existing(LEDGER)?.is_some();
    let ledger = Ledger::of(&directory)?;
    let paths: BTreeSet<&str> = ledger.paths().chain(others.iter().copied()).collect();
    let mut files = BTreeMap::new();
    for path in paths.into_iter().filter(|path| *path != hydrator::PATH) {
        if let Some(bytes) = directory.existing(path)? {
            files.insert(path.to_owned(), String::from_utf8_lossy(&bytes).into_owned());
        }
    }
    Ok(has_ledger.then_some(files))
}

/// The paths that a ledger lists, which stands elsewhere than in a directory; `None` if there is no ledger among the files.
pub fn listed(files: &BTreeMap<String, Vec<u8>>) -> Option<BTreeSet<String>> {
    let ledger: Ledger = serde_json::from_slice(files.get(LEDGER)?).ok()?;
    Some(ledger.paths().filter(|path| *path != hydrator::PATH).map(str::to_owned).collect())
}

/// The environment whose directory it is, if its ledger says so.
///
/// # Errors
///
/// As of [`own_files`].
pub fn member_of(path: &Path) -> Result<Option<Member>, Error> {
    Ok(Ledger::of(&Directory::open(path)?)?.stamp.environment)
}
