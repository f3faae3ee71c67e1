//! Files in a directory: written whole or not at all, with a ledger of what was written.
//!
//! The ledger tells `gen`'s files from those of others. A file that it lists and that is no longer rendered is removed; a
//! file that it does not list, or that was edited since, is left alone and named.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Component, Path};
use std::process;
use std::time::Duration;

use cap_std::ambient_authority;
use cap_std::fs::{Dir, OpenOptions};
use serde::{Deserialize, Serialize};

use super::File;
use crate::bounded;
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

    fn save(&self, directory: &Directory<'_>) -> Result<(), Error> {
        let text = serde_json::to_string_pretty(self).expect("a ledger is plain data") + "\n";
        if directory.existing(LEDGER)?.is_some_and(|old| old == text.as_bytes()) {
            return Ok(());
        }
        directory.stage(LEDGER, &text, false)?.persist()
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
    std::fs::create_dir_all(directory).map_err(|error| Error::io("make the directory", directory, &error))?;
    let directory = Directory::open(directory)?;
    // Of two runs at once, one waits. Where the file system has no locks, there is none.
    let _lock = std::fs::File::open(directory.path).inspect(|lock| drop(lock.lock()));
    let ledger = directory.read_ledger()?;
    let mut changed = Vec::new();
    let mut conflicts = Vec::new();
    for file @ File { path, text, private } in files {
        match directory.existing(path)? {
            Some(old) if old == text.as_bytes() && !(*private && directory.others_read(path)) => {}
            Some(old) if !force && !wrote(&ledger, path, &old) => {
                let why = if ledger.files.contains_key(path) { "was edited since" } else { "was not written by gen" };
                conflicts.push(format!("`{}` {why}", directory.path.join(path).display()));
            }
            _ => changed.push(file),
        }
    }
    let mut stale = Vec::new();
    for path in ledger.files.keys().filter(|path| !partial && !files.iter().any(|new| new.path == **path)) {
        match directory.existing(path)? {
            Some(old) if !force && !wrote(&ledger, path, &old) => {
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

/// Whether the bytes are what `gen` wrote at the path.
fn wrote(ledger: &Ledger, path: &str, bytes: &[u8]) -> bool {
    ledger.files.get(path).is_some_and(|checksums| checksums.contains(&checksum::of_bytes(bytes)))
}

/// A directory that no path leads out of, whatever links are in it.
pub(super) struct Directory<'p> {
    path: &'p Path,
    dir: Dir,
}

impl<'p> Directory<'p> {
    /// The directory at a path, which may itself be a link.
    pub fn open(path: &'p Path) -> Result<Self, Error> {
        let dir = Dir::open_ambient_dir(path, ambient_authority()).map_err(|error| Error::io("open the directory", path, &error))?;
        Ok(Self { path, dir })
    }

    /// What a file holds, if it is there.
    pub fn existing(&self, path: &str) -> Result<Option<Vec<u8>>, Error> {
        let read = || {
            // Whoever opens a pipe waits for its other end.
            if self.dir.metadata(path)?.is_file() {
                return bounded::read_from(self.dir.open(path)?, bounded::MOST);
            }
            Err(io::Error::new(ErrorKind::InvalidInput, "it is no regular file"))
        };
        match read() {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(self.failed("read", path, error)),
        }
    }

    /// The ledger; an empty one if there is none.
    pub fn read_ledger(&self) -> Result<Ledger, Error> {
        let Some(bytes) = self.existing(LEDGER)? else { return Ok(Ledger::default()) };
        let broken = |why: String| {
            let broken = Diagnostic::new(format!("`{}` is not a ledger of gen", self.path.join(LEDGER).display())).note(why);
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

    /// Whether others than the file's owner may read or write it.
    fn others_read(&self, path: &str) -> bool {
        #[cfg(unix)]
        {
            use cap_std::fs::PermissionsExt as _;
            self.dir.metadata(path).is_ok_and(|metadata| metadata.permissions().mode() & 0o077 != 0)
        }
        #[cfg(not(unix))]
        {
            let _ = path;
            false
        }
    }

    /// Writes a file beside its place, and makes the folders that it needs.
    fn stage<'f>(&'f self, path: &'f str, text: &str, private: bool) -> Result<Staged<'f>, Error> {
        let (folder, name) = path.rsplit_once('/').unwrap_or((".", path));
        self.dir.create_dir_all(folder).map_err(|error| self.failed("make the directory", folder, error))?;
        self.sweep(folder);
        let unfinished = format!("{folder}/{}{}-{name}{}", UNFINISHED.0, process::id(), UNFINISHED.1);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        cap_std::fs::OpenOptionsExt::mode(&mut options, if private { 0o600 } else { 0o666 });
        let file = self.dir.open_with(&unfinished, &options).map_err(|error| self.failed("write", path, error))?;
        let staged = Staged { directory: self, path, unfinished: Some(unfinished) };
        let written = (&file).write_all(text.as_bytes()).and_then(|()| file.sync_data());
        written.map(|()| staged).map_err(|error| self.failed("write", path, error))
    }

    /// That a file can be removed from its folder.
    fn would_remove(&self, path: &str) -> Result<(), Error> {
        self.stage(path, "", true).map(drop).map_err(|_| {
            let error = Diagnostic::new(format!("cannot remove `{}`", self.path.join(path).display())).coded(code::UNWRITABLE);
            error.note("its folder cannot be written").into()
        })
    }

    /// Removes the unfinished files of killed runs: those so old that no run is still writing them.
    fn sweep(&self, folder: &str) {
        for entry in self.dir.read_dir(folder).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let modified = entry.metadata().and_then(|metadata| metadata.modified());
            let age = modified.ok().and_then(|time| time.into_std().elapsed().ok());
            if name.starts_with(UNFINISHED.0) && name.ends_with(UNFINISHED.1) && age.is_some_and(|age| age > ABANDONED) {
                let _ = entry.remove_file();
            }
        }
    }

    /// Removes a file, and the folders that become empty.
    fn remove(&self, path: &str) -> Result<(), Error> {
        self.dir.remove_file(path).map_err(|error| self.failed("remove", path, error))?;
        for folder in Path::new(path).ancestors().skip(1).take_while(|folder| !folder.as_os_str().is_empty()) {
            if self.dir.remove_dir(folder).is_err() {
                break;
            }
        }
        Ok(())
    }

    fn failed(&self, action: &str, path: &str, error: io::Error) -> Error {
        // So says cap-std of a path that leads out.
        let leads_out = error.kind() == ErrorKind::PermissionDenied && error.raw_os_error().is_none();
        let error = if leads_out { io::Error::other("a link on the way leads out of the directory") } else { error };
        Error::io(action, &self.path.join(path), &error)
    }
}

/// A file that is written beside its place. Unless it gets there, it goes away.
struct Staged<'f> {
    directory: &'f Directory<'f>,
    path: &'f str,
    unfinished: Option<String>,
}

impl Staged<'_> {
    /// Puts it into its place.
    fn persist(mut self) -> Result<(), Error> {
        let Some(unfinished) = &self.unfinished else { return Ok(()) };
        let dir = &self.directory.dir;
        dir.rename(unfinished, dir, self.path).map_err(|error| self.directory.failed("write", self.path, error))?;
        self.unfinished = None;
        Ok(())
    }
}

impl Drop for Staged<'_> {
    fn drop(&mut self) {
        if let Some(unfinished) = &self.unfinished {
            let _ = self.directory.dir.remove_file(unfinished);
        }
    }
}
