//! Files in a directory: written whole or not at all, with a ledger of what was written.
//!
//! ```text
//! files -> Plan: what would change -> Staged: written beside its place -> Written: in its place
//! ```
//!
//! A file that the ledger lists and that is no longer rendered is removed; a file that it does not list, or that was edited since, is
//! left alone and named.

use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};

use super::directory::{Directory, Unfinished};
use super::ledger::{self, Ledger};
use super::{File, Stamp};
use crate::error::{Diagnostic, Error, code};

/// What a run changed in a directory.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// How many files are new or changed.
    pub written: usize,
    /// How many are unchanged.
    pub unchanged: usize,
    /// How many were removed, because they are no longer rendered.
    pub removed: usize,
}

impl fmt::Display for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} written, {} unchanged, {} removed", self.written, self.unchanged, self.removed)
    }
}

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

impl Staged {
    fn of(path: &Path, files: &[File], stamp: &Stamp, options: WriteOptions, made: Vec<PathBuf>) -> Result<Self, Error> {
        let directory = Directory::open(path)?;
        let before = Ledger::of(&directory)?;
        let plan = Plan::of(&directory, &before, files, options.partial)?;
        if !options.force {
            plan.refuse(path)?;
        }
        let after = before.after(files, stamp, options.partial);
        let stale = plan.stale.iter().map(|stale| stale.path.clone()).collect::<Vec<_>>();
        let written = plan.changed.len();
        let counts = Written { written, unchanged: files.len() - written, removed: stale.len() };
        let mut staged = Self { path: path.to_owned(), made, files: Vec::new(), stale, before, after, counts };
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
        self.after.save(&directory)?;
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
        // What others put there meanwhile keeps them.
        self.made.iter().take_while(|made| std::fs::remove_dir(made).is_ok()).for_each(drop);
    }
}

/// What would change in a directory.
#[derive(Debug)]
struct Plan<'f> {
    /// The files that are new or differ.
    changed: Vec<Change<'f>>,
    /// The files that are no longer rendered.
    stale: Vec<Stale>,
}

#[derive(Debug)]
struct Change<'f> {
    file: &'f File,
    standing: Standing,
}

#[derive(Debug)]
struct Stale {
    path: String,
    is_edited: bool,
}

/// How a file that is to be written stands to what is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    /// Nothing is there.
    New,
    /// What `gen` wrote is there.
    Own,
    /// What `gen` wrote was edited.
    Edited,
    /// A file of others is there.
    OfOthers,
}

impl<'f> Plan<'f> {
    fn of(directory: &Directory<'_>, ledger: &Ledger, files: &'f [File], partial: bool) -> Result<Self, Error> {
        let mut changed = Vec::new();
        for file @ File { path, text, private, .. } in files {
            let standing = match directory.existing(path)? {
                None => Standing::New,
                Some(old) if ledger::is_same(&old, text) && !(*private && directory.others_read(path)) => continue,
                Some(old) if ledger.wrote(path, &old) => Standing::Own,
                Some(_) if ledger.files.contains_key(path) => Standing::Edited,
                Some(_) => Standing::OfOthers,
            };
            changed.push(Change { file, standing });
        }
        let mut stale = Vec::new();
        let rendered: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
        for path in ledger.paths().filter(|path| !partial && !rendered.contains(path)) {
            if let Some(old) = directory.existing(path)? {
                stale.push(Stale { path: path.to_owned(), is_edited: !ledger.wrote(path, &old) });
            }
        }
        Ok(Self { changed, stale })
    }

    /// Fails if files are not `gen`'s to overwrite or to remove.
    fn refuse(&self, directory: &Path) -> Result<(), Error> {
        let path = |path: &str| directory.join(path).display().to_string();
        let changed = self.changed.iter().filter_map(|change| match change.standing {
            Standing::New | Standing::Own => None,
            Standing::Edited => Some(format!("`{}` was edited since", path(&change.file.path))),
            Standing::OfOthers => Some(format!("`{}` was not written by gen", path(&change.file.path))),
        });
        let stale = self.stale.iter().filter(|stale| stale.is_edited);
        let stale = stale.map(|stale| format!("`{}` is not rendered any more, but was edited since", path(&stale.path)));
        let mut conflicts = changed.chain(stale).peekable();
        if conflicts.peek().is_none() {
            return Ok(());
        }
        let error = Diagnostic::new(format!("files in `{}` are not gen's to overwrite; nothing was written", directory.display()));
        let error = conflicts.fold(error.coded(code::NOT_OF_GEN), Diagnostic::note);
        Err(error.help("move them away, or give `--force` to overwrite or remove them").into())
    }

    /// What is not as it would be written, a line each.
    fn lines(&self, directory: &Path) -> Vec<String> {
        let line = |path: &str, what: &str| format!("`{}` {what}", directory.join(path).display());
        let changed = self.changed.iter().map(|change| {
            line(&change.file.path, if change.standing == Standing::New { "is not there" } else { "is not what the values give" })
        });
        changed.chain(self.stale.iter().map(|stale| line(&stale.path, "is not rendered any more"))).collect()
    }
}

/// What is not in a directory as it would be written there: a line for each file.
///
/// # Errors
///
/// What the file system says, or a ledger that cannot be read as one.
pub fn outdated(path: &Path, files: &[File]) -> Result<Vec<String>, Error> {
    if !path.is_dir() {
        return Ok(vec![format!("`{}` is not there", path.display())]);
    }
    let directory = Directory::open(path)?;
    Ok(Plan::of(&directory, &Ledger::of(&directory)?, files, false)?.lines(path))
}

/// Makes a directory and those above it; gives what was made, the deepest first.
fn make(path: &Path) -> Result<Vec<PathBuf>, Error> {
    let above = path.ancestors().filter(|above| !above.as_os_str().is_empty());
    let made = above.take_while(|above| !above.exists()).map(Path::to_owned).collect();
    std::fs::create_dir_all(path).map_err(|error| Error::io("make the directory", path, &error))?;
    Ok(made)
}

/// A lock on a directory, while it is kept. Where the file system has no locks, there is none.
fn lock(path: &Path) -> Option<std::fs::File> {
    std::fs::File::open(path).inspect(|lock| drop(lock.lock())).ok()
}
