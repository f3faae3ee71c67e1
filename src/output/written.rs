//! Files in a directory: written whole or not at all, with a ledger of what was written.
//!
//! A file that the ledger lists and that is no longer rendered is removed; a file that it does not list, or that was edited since, is
//! left alone and named.

use std::collections::BTreeSet;
use std::path::Path;

use super::File;
use super::directory::{Directory, Staged};
use super::ledger::Ledger;
use crate::checksum;
use crate::error::{Diagnostic, Error, code};

/// What a run changed in a directory.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// How many files are new or changed.
    pub written: usize,
    /// How many are unchanged.
    pub unchanged: usize,
    /// How many were removed, because they are no longer rendered.
    pub removed: usize,
}

/// Writes files into a directory, and removes files that only an earlier run wrote.
///
/// With `partial`, nothing is removed. With `force`, files of others and files that were edited are overwritten.
/// Everything is written beside its place first and then renamed, so that a run that fails leaves the tree as it was.
///
/// # Errors
///
/// Files that are not `gen`'s to overwrite, all of them; or what the file system says.
///
/// # Panics
///
/// Never: a ledger is plain data.
pub fn write_directory(directory: &Path, files: &[File], partial: bool, force: bool) -> Result<Written, Error> {
    std::fs::create_dir_all(directory).map_err(|error| Error::io("make the directory", directory, &error))?;
    let directory = Directory::open(directory)?;
    // Of two runs at once, one waits. Where the file system has no locks, there is none.
    let _lock = std::fs::File::open(directory.path).inspect(|lock| drop(lock.lock()));
    let ledger = Ledger::of(&directory)?;
    let mut changed = Vec::new();
    let mut conflicts = Vec::new();
    for file @ File { path, text, private } in files {
        match directory.existing(path)? {
            Some(old) if old == text.as_bytes() && !(*private && directory.others_read(path)) => {}
            Some(old) if !force && !ledger.wrote(path, &old) => {
                let why = if ledger.files.contains_key(path) { "was edited since" } else { "was not written by gen" };
                conflicts.push(format!("`{}` {why}", directory.path.join(path).display()));
            }
            _ => changed.push(file),
        }
    }
    let mut stale = Vec::new();
    for path in ledger.files.keys().filter(|path| !partial && !files.iter().any(|new| new.path == **path)) {
        match directory.existing(path)? {
            Some(old) if !force && !ledger.wrote(path, &old) => {
                conflicts.push(format!("`{}` is not rendered any more, but was edited since", directory.path.join(path).display()));
            }
            Some(_) => stale.push(path.clone()),
            None => {}
        }
    }
    if !conflicts.is_empty() {
        let error = Diagnostic::new(format!("files in `{}` are not gen's to overwrite; nothing was written", directory.path.display()))
            .coded(code::NOT_OF_GEN);
        let error = conflicts.into_iter().fold(error, Diagnostic::note);
        return Err(error.help("move them away, or give `--force` to overwrite or remove them").into());
    }

    let staged = changed.iter().map(|file| directory.stage(&file.path, &file.text, file.private)).collect::<Result<Vec<_>, _>>()?;
    for path in &stale {
        directory.would_remove(path)?;
    }
    // Until the run is done, the ledger lists old and new files: a run that dies in between leaves no file unlisted.
    let mut both = ledger.clone();
    let mut next = if partial { ledger.clone() } else { Ledger::default() };
    for File { path, text, .. } in files {
        let checksum = checksum::of_bytes(text.as_bytes());
        both.files.entry(path.clone()).or_default().insert(checksum.clone());
        next.files.insert(path.clone(), BTreeSet::from([checksum]));
    }
    if !staged.is_empty() {
        both.save(&directory)?;
    }
    staged.into_iter().try_for_each(Staged::persist)?;
    for path in &stale {
        directory.remove(path)?;
    }
    next.save(&directory)?;
    Ok(Written { written: changed.len(), unchanged: files.len() - changed.len(), removed: stale.len() })
}
