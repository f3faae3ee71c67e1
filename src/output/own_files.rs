//! Which files of a directory are `gen`'s: those that its ledger lists.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::directory::Directory;
use super::ledger::{LEDGER, Ledger};
use super::{Member, hydrator, nested};
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

/// The same of the directories below that have ledgers of their own, by their paths from this one.
///
/// # Errors
///
/// As of [`own_files`].
pub fn own_files_below(path: &Path) -> Result<BTreeMap<String, String>, Error> {
    let mut files = BTreeMap::new();
    for directory in nested::below(path) {
        let name = directory.strip_prefix(path).unwrap_or(&directory).to_string_lossy().replace('\\', "/");
        let own = own_files(&directory, &[])?.unwrap_or_default();
        files.extend(own.into_iter().map(|(path, text)| (format!("{name}/{path}"), text)));
    }
    Ok(files)
}

/// The paths that ledgers list, which stand elsewhere than in directories; `None` if there is none at the top, or one that is none. Those
/// below the top count too if they are asked for.
#[must_use]
pub fn listed(files: &BTreeMap<String, Vec<u8>>, with_below: bool) -> Option<BTreeSet<String>> {
    let is_hidden = |folder: &str| folder.split('/').any(|part| part.starts_with('.'));
    let ledgers = files.iter().filter_map(|(path, bytes)| {
        let folder = path.strip_suffix(LEDGER).filter(|folder| folder.is_empty() || folder.ends_with('/'))?;
        (folder.is_empty() || with_below && !is_hidden(folder)).then_some((folder, bytes))
    });
    let mut listed = BTreeSet::new();
    for (folder, bytes) in ledgers {
        let ledger: Ledger = serde_json::from_slice(bytes).ok()?;
        listed.extend(ledger.paths().filter(|path| *path != hydrator::PATH).map(|path| format!("{folder}{path}")));
    }
    files.contains_key(LEDGER).then_some(listed)
}

/// The environment whose directory it is, if its ledger says so.
///
/// # Errors
///
/// As of [`own_files`].
pub fn member_of(path: &Path) -> Result<Option<Member>, Error> {
    Ok(Ledger::of(&Directory::open(path)?)?.stamp.environment)
}
