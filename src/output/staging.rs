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
use super::ledger::{LEDGER, Ledger};
use super::plan::Plan;
use super::written::Written;
use super::{File, Stamp};
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
    let staged = Staged::of(path, files, stamp, options, made)?;
    staged.put()
}

/// Files that are written beside their places; unless they are put there, they go away.
#[derive(Debug)]
pub struct Staged {
    path: PathBuf,
    /// The folders that were made for the directory itself, the deepest first.
    made: Vec<PathBuf>,
    files: Vec<Unfinished>,
    stale: Vec<String>,
    /// What the ledger said.
    before: Ledger,
    /// What it says at the end.
    after: Ledger,
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
    Staged::of(path, files, stamp, options, made)
}

/// What would remove all that `gen` wrote into a directory, and the directory, if nothing else is in it.
///
/// # Errors
///
/// As of [`write_directory`].
pub fn stage_removal(path: &Path, options: WriteOptions) -> Result<Staged, Error> {
    let _lock = lock(path);
    let mut staged = Staged::of(path, &[], &Stamp::default(), options, Vec::new())?;
    staged.goes = true;
    Ok(staged)
}

impl Staged {
    fn of(path: &Path, files: &[File], stamp: &Stamp, options: WriteOptions, made: Vec<PathBuf>) -> Result<Self, Error> {
        let directory = Directory::open(path)?;
        let before = Ledger::of(&directory)?;
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
        let counts = Written { written, unchanged: files.len() - written, removed: stale.len() };
        let mut staged = Self { path: path.to_owned(), made, files: Vec::new(), stale, before, after, goes: false, counts };
        for change in &plan.changed {
            staged.files.push(directory.stage(&change.file.path, &change.file.text, change.file.private)?);
        }
        for path in &staged.stale {
            directory.would_remove(path)?;
        }
        if staged.is_nothing() {
            // Of a thousand directories that stay as they are, nothing need be known.
            (staged.before, staged.after) = <(Ledger, Ledger)>::default();
        }
        Ok(staged)
    }

    /// Whether nothing would change.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.files.is_empty() && self.stale.is_empty() && self.before == self.after
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
        // Until the run is done, the ledger lists old and new files: a run that dies in between leaves no file unlisted.
        if !self.files.is_empty() {
            self.before.with(&self.after).save(&directory)?;
        }
        self.made.clear();
        for file in &mut self.files {
            directory.put(file)?;
        }
        for stale in &self.stale {
            directory.remove(stale)?;
        }
        if !self.goes {
            self.after.save(&directory)?;
            return Ok(self.counts);
        }
        directory.remove(LEDGER)?;
        // What others put there keeps it.
        path.ancestors().take_while(|above| std::fs::remove_dir(above).is_ok()).for_each(drop);
        Ok(self.counts)
    }

    /// The same, unless another run wrote into the directory meanwhile.
    ///
    /// # Errors
    ///
    /// As of [`Staged::put`]; and that another run was there.
    pub fn put_alone(self) -> Result<Written, Error> {
        let _lock = if self.is_nothing() { None } else { lock(&self.path) };
        let path = self.path.clone();
        if !self.is_nothing() && Ledger::of(&Directory::open(&path)?)? != self.before {
            let error = Diagnostic::new(format!("another run wrote into `{}` meanwhile", path.display())).coded(code::NOT_OF_GEN);
            return Err(error.help("run it again").into());
        }
        self.put()
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        if let Ok(directory) = Directory::open(&self.path) {
            // What was made for the first ones is empty only in the end.
            self.files.iter_mut().rev().for_each(|file| directory.discard(file));
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
