//! Files in a directory: written whole or not at all, with a ledger of what was written.
//!
//! ```text
//! files -> Plan: what would change -> Staged: written beside its place -> Written: in its place
//! ```
//!
//! A file that the ledger lists and that is no longer rendered is removed; a file that it does not list, or that was edited since, is
//! left alone and named.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::directory::{Directory, Unfinished};
use super::ledger::{LEDGER, LEDGER_MEANWHILE, Ledger};
use super::plan::Plan;
use super::written::Written;
use super::{File, Stamp};
use crate::checksum;
use crate::error::{Diagnostic, Error, code};

/// How a directory is written.
#[derive(Clone, Copy, Debug, Default)]
pub struct WriteOptions {
    /// Whether the files are some of several: nothing is removed then.
    pub partial: bool,
    /// Whether files of others and files that were edited are overwritten.
    pub force: bool,
}

/// Writes files into a directory, and removes files that only an earlier run wrote.
///
/// Everything is written beside its place first and then renamed, so that a run that fails leaves the tree as it was.
///
/// # Errors
///
/// Files that are not `gen`'s to overwrite, all of them; or what the file system says.
pub fn write_directory(path: &Path, files: &[File], stamp: &Stamp, options: WriteOptions) -> Result<Written, Error> {
    let made = make(path)?;
    // Of two runs at once, one waits.
    let _lock = lock(path);
    let staged = Staged::of(path, Some(files), stamp, options, made)?;
    staged.put()
}

/// Files that are written beside their places; unless they are put there, they go away.
///
/// Of a thousand directories all are written before one is put, so that little is kept of each.
#[derive(Debug)]
pub struct Staged {
    path: PathBuf,
    /// The folders that were made for the directory itself, the deepest first.
    made: Vec<PathBuf>,
    /// The files, in the order in which they are put into their places: the ledger that lists old and new ones, they, and the ledger
    /// that says what is so then.
    unfinished: Unfinished,
    stale: Vec<String>,
    /// The checksum of the ledger that was there.
    before: Option<String>,
    /// Whether the ledger goes too, and the directory with it.
    goes: bool,
    counts: Written,
}

/// Writes files beside their places.
///
/// # Errors
///
/// As of [`write_directory`].
pub fn stage(path: &Path, files: &[File], stamp: &Stamp, options: WriteOptions) -> Result<Staged, Error> {
    let made = make(path)?;
    let _lock = lock(path);
    Staged::of(path, Some(files), stamp, options, made)
}

/// What would remove all that `gen` wrote into a directory, and the directory, if nothing else is in it.
///
/// # Errors
///
/// As of [`write_directory`].
pub fn stage_removal(path: &Path, options: WriteOptions) -> Result<Staged, Error> {
    let _lock = lock(path);
    Staged::of(path, None, &Stamp::default(), options, Vec::new())
}

impl Staged {
    fn of(path: &Path, files: Option<&[File]>, stamp: &Stamp, options: WriteOptions, made: Vec<PathBuf>) -> Result<Self, Error> {
        let (goes, files) = (files.is_none(), files.unwrap_or_default());
        let directory = Directory::open(path)?;
        let bytes = directory.existing(LEDGER)?;
        let before = Ledger::read(&directory, bytes.as_deref())?;
        if options.partial {
            before.refuse_other_layout(path, stamp.layout)?;
        }
        let plan = Plan::of(&directory, &before, files, options.partial)?;
        if !options.force {
            plan.refuse(path)?;
        }
        let after = before.after(files, stamp, options.partial, &plan.kept);
        let stale = plan.stale.iter().map(|stale| stale.path.clone()).collect::<Vec<_>>();
        let written = plan.changed.len();
        let mut staged = Self {
            path: path.to_owned(),
            made,
            unfinished: Unfinished::default(),
            before: bytes.map(|bytes| checksum::of_bytes(&bytes)),
            goes,
            counts: Written { written, unchanged: files.len() - written, removed: stale.len() },
            stale,
        };
        let unfinished = &mut staged.unfinished;
        // Until the run is done, the ledger lists old and new files: a run that dies in between leaves no file unlisted.
        if written > 0 {
            directory.stage(unfinished, LEDGER_MEANWHILE, &before.with(&after).text(), false)?;
        }
        for change in &plan.changed {
            directory.stage(unfinished, &change.file.path, &change.file.text, change.file.private)?;
        }
        if !goes && before != after {
            directory.stage(unfinished, LEDGER, &after.text(), false)?;
        }
        for path in &staged.stale {
            directory.would_remove(path)?;
        }
        Ok(staged)
    }

    /// Whether nothing would change.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.unfinished.paths().is_empty() && self.stale.is_empty() && !self.goes
    }

    /// Puts the files into their places, and removes what is no longer rendered.
    ///
    /// # Errors
    ///
    /// What the file system says.
    pub fn put(mut self) -> Result<Written, Error> {
        if self.is_nothing() {
            return Ok(self.counts);
        }
        let path = self.path.clone();
        let directory = Directory::open(&path)?;
        self.made.clear();
        let (ledger, files): (Vec<&String>, Vec<&String>) = self.unfinished.paths().iter().partition(|path| *path == LEDGER);
        for file in files {
            directory.put(file, if file == LEDGER_MEANWHILE { LEDGER } else { file })?;
        }
        for stale in &self.stale {
            directory.remove(stale)?;
        }
        for ledger in ledger {
            directory.put(ledger, ledger)?;
        }
        if self.goes {
            directory.remove(LEDGER)?;
            // What others put there keeps it.
            path.ancestors().take_while(|above| std::fs::remove_dir(above).is_ok()).for_each(drop);
        }
        self.unfinished.finish();
        Ok(self.counts)
    }

    /// The same, unless another run wrote into the directory meanwhile.
    ///
    /// # Errors
    ///
    /// As of [`Staged::put`]; and that another run was there.
    pub fn put_alone(self) -> Result<Written, Error> {
        let _lock = if self.is_nothing() { None } else { lock(&self.path) };
        if !self.is_nothing() {
            let now = Directory::open(&self.path)?.existing(LEDGER)?.map(|bytes| checksum::of_bytes(&bytes));
            if now != self.before {
                let error = Diagnostic::new(format!("another run wrote into `{}` meanwhile", self.path.display())).coded(code::NOT_OF_GEN);
                return Err(error.help("run it again").into());
            }
        }
        self.put()
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        if !self.unfinished.is_empty()
            && let Ok(directory) = Directory::open(&self.path)
        {
            directory.discard(&self.unfinished);
        }
        // What others put there meanwhile keeps them; of several directories the last one goes with those above all.
        let Some(lowest) = self.made.first() else { return };
        let made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
        lowest.ancestors().take_while(|above| made.contains(*above) && std::fs::remove_dir(above).is_ok()).for_each(drop);
    }
}

/// The directories that this run made.
static MADE: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// Makes a directory and those above it; gives what was made, the deepest first.
fn make(path: &Path) -> Result<Vec<PathBuf>, Error> {
    let above = path.ancestors().filter(|above| !above.as_os_str().is_empty());
    let made: Vec<PathBuf> = above.take_while(|above| !above.exists()).map(Path::to_owned).collect();
    MADE.lock().unwrap_or_else(PoisonError::into_inner).extend(made.iter().cloned());
    std::fs::create_dir_all(path).map_err(|error| Error::io("make the directory", path, &error))?;
    Ok(made)
}

/// A lock on a directory, while it is kept. Where the file system has no locks, there is none.
fn lock(path: &Path) -> Option<std::fs::File> {
    std::fs::File::open(path).inspect(|lock| drop(lock.lock())).ok()
}
