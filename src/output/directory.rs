//! Files in a directory: written whole or not at all, with a ledger of what was written.
//!
//! The ledger tells `gen`'s files from those of others. A file that it lists and that is no longer rendered is removed; a
//! file that it does not list, or that was edited since, is left alone and named.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::{Component, Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use super::File;
use crate::checksum;
use crate::error::{Diagnostic, Error, code};

/// The ledger's file name.
const LEDGER: &str = ".gen-ledger";
/// How the names of unfinished files begin and end.
const UNFINISHED: (&str, &str) = (".gen-", ".unfinished");

/// The age at which an unfinished file counts as abandoned.
const ABANDONED: Duration = Duration::from_mins(10);

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

/// What `gen` wrote into a directory.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(super) struct Ledger {
    /// The files, by path, with the checksum of what was written; while a run lasts, of what is being written too.
    files: BTreeMap<String, BTreeSet<String>>,
}

impl Ledger {
    /// The paths of the files that `gen` wrote.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    fn save(&self, directory: &Path) -> Result<(), Error> {
        let text = serde_json::to_string_pretty(self).expect("a ledger is plain data") + "\n";
        if existing(&directory.join(LEDGER))?.is_some_and(|old| old == text.as_bytes()) {
            return Ok(());
        }
        let (file, target) = stage(directory, LEDGER, &text, false)?;
        file.persist(&target).map_err(|error| Error::io("write", &target, &error.error))?;
        Ok(())
    }
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
    let ledger = read_ledger(directory)?;
    let mut changed = Vec::new();
    let mut conflicts = Vec::new();
    for file @ File { path, text, private } in files {
        match existing(&directory.join(path))? {
            Some(old) if old == text.as_bytes() && !(*private && others_read(&directory.join(path))) => {}
            Some(old) if !force && !wrote(&ledger, path, &old) => {
                let why = if ledger.files.contains_key(path) { "was edited since" } else { "was not written by gen" };
                conflicts.push(format!("`{}` {why}", directory.join(path).display()));
            }
            _ => changed.push(file),
        }
    }
    let mut stale = Vec::new();
    for path in ledger.files.keys().filter(|path| !partial && !files.iter().any(|new| new.path == **path)) {
        match existing(&directory.join(path))? {
            Some(old) if !force && !wrote(&ledger, path, &old) => {
                conflicts.push(format!("`{}` is not rendered any more, but was edited since", directory.join(path).display()));
            }
            Some(_) => stale.push(path.clone()),
            None => {}
        }
    }
    if !conflicts.is_empty() {
        let error = Diagnostic::new(format!("files in `{}` are not gen's to overwrite; nothing was written", directory.display()))
            .coded(code::NOT_OF_GEN);
        let error = conflicts.into_iter().fold(error, Diagnostic::note);
        return Err(error.help("move them away, or give `--force` to overwrite or remove them").into());
    }

    let staged = changed.iter().map(|file| stage(directory, &file.path, &file.text, file.private)).collect::<Result<Vec<_>, _>>()?;
    // Until the run is done, the ledger lists old and new files: a run that dies in between leaves no file unlisted.
    let mut both = ledger.clone();
    let mut next = if partial { ledger.clone() } else { Ledger::default() };
    for File { path, text, .. } in files {
        let checksum = checksum::of_bytes(text.as_bytes());
        both.files.entry(path.clone()).or_default().insert(checksum.clone());
        next.files.insert(path.clone(), BTreeSet::from([checksum]));
    }
    if !staged.is_empty() {
        both.save(directory)?;
    }
    for (file, target) in staged {
        file.persist(&target).map_err(|error| Error::io("write", &target, &error.error))?;
    }
    for path in &stale {
        remove(directory, path)?;
    }
    next.save(directory)?;
    Ok(Written { written: changed.len(), unchanged: files.len() - changed.len(), removed: stale.len() })
}

/// Whether the bytes are what `gen` wrote at the path.
fn wrote(ledger: &Ledger, path: &str, bytes: &[u8]) -> bool {
    ledger.files.get(path).is_some_and(|checksums| checksums.contains(&checksum::of_bytes(bytes)))
}

pub(super) fn existing(path: &Path) -> Result<Option<Vec<u8>>, Error> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound) => Ok(None),
        Err(error) => Err(Error::io("read", path, &error)),
    }
}

/// Whether others than the file's owner may read or write it.
#[cfg(unix)]
fn others_read(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(path).is_ok_and(|metadata| metadata.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn others_read(_: &Path) -> bool {
    false
}

pub(super) fn read_ledger(directory: &Path) -> Result<Ledger, Error> {
    let path = directory.join(LEDGER);
    let Some(bytes) = existing(&path)? else { return Ok(Ledger::default()) };
    let broken = |why: String| {
        let broken = Diagnostic::new(format!("`{}` is not a ledger of gen", path.display())).note(why);
        Error::from(broken.help("restore it, or remove it and give `--force` once"))
    };
    let ledger: Ledger = serde_json::from_slice(&bytes).map_err(|error| broken(error.to_string()))?;
    // A ledger that somebody changed must not name a file elsewhere.
    let within = |path: &str| Path::new(path).components().all(|component| matches!(component, Component::Normal(_)));
    match ledger.files.keys().find(|path| !within(path)) {
        Some(outside) => Err(broken(format!("`{outside}` is not a path in this directory"))),
        None => Ok(ledger),
    }
}

/// Writes a file beside its place, and makes the folders that it needs.
fn stage(directory: &Path, path: &str, text: &str, private: bool) -> Result<(NamedTempFile, PathBuf), Error> {
    let target = directory.join(path);
    let folder = target.parent().unwrap_or(directory);
    fs::create_dir_all(folder).map_err(|error| Error::io("make the directory", folder, &error))?;
    let failed = |error: std::io::Error| Error::io("write", &target, &error);
    sweep(folder);
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(if private { 0o600 } else { 0o666 }));
    let mut file = builder.prefix(UNFINISHED.0).suffix(UNFINISHED.1).tempfile_in(folder).map_err(failed)?;
    file.write_all(text.as_bytes()).and_then(|()| file.as_file().sync_data()).map_err(failed)?;
    Ok((file, target))
}

/// Removes the unfinished files of killed runs: those so old that no run is still writing them.
fn sweep(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let age = entry.metadata().and_then(|metadata| metadata.modified()).ok().and_then(|time| time.elapsed().ok());
        if name.starts_with(UNFINISHED.0) && name.ends_with(UNFINISHED.1) && age.is_some_and(|age| age > ABANDONED) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Removes a file, and the folders that become empty.
fn remove(directory: &Path, path: &str) -> Result<(), Error> {
    let target = directory.join(path);
    fs::remove_file(&target).map_err(|error| Error::io("remove", &target, &error))?;
    for folder in target.ancestors().skip(1).take_while(|folder| *folder != directory) {
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
    Ok(())
}
