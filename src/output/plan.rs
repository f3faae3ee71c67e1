//! What would change in a directory, and whether it is `gen`'s to change.

use std::collections::BTreeSet;
use std::path::Path;

use super::directory::Directory;
use super::ledger::Ledger;
use super::{File, hydrator, line_ends};
use crate::error::{Diagnostic, Error, code};

/// What would change in a directory.
#[derive(Debug)]
pub(super) struct Plan<'f> {
    /// The files that are new or differ.
    pub changed: Vec<Change<'f>>,
    /// The files that are no longer rendered.
    pub stale: Vec<Stale>,
    /// The files that would differ, and stay since no other one changes.
    pub kept: BTreeSet<&'f str>,
}

/// A file that is new or differs.
#[derive(Debug)]
pub(super) struct Change<'f> {
    pub file: &'f File,
    standing: Standing,
}

/// A file that is no longer rendered.
#[derive(Debug)]
pub(super) struct Stale {
    pub path: String,
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

impl Standing {
    /// How a file stands to what is there; nothing, if it is there as it would be written.
    fn of(file: &File, directory: &Directory<'_>, ledger: &Ledger) -> Result<Option<Self>, Error> {
        let File { path, text, private, .. } = file;
        Ok(match directory.existing(path)? {
            None => Some(Self::New),
            Some(old) if line_ends::is_same(&old, text) && !(*private && directory.others_read(path)) => None,
            Some(old) if ledger.wrote(path, &old) => Some(Self::Own),
            Some(_) if ledger.files.contains_key(path) => Some(Self::Edited),
            Some(_) => Some(Self::OfOthers),
        })
    }
}

impl<'f> Plan<'f> {
    pub fn of(directory: &Directory<'_>, ledger: &Ledger, files: &'f [File], partial: bool) -> Result<Self, Error> {
        let mut changed = Vec::new();
        for file in files {
            if let Some(standing) = Standing::of(file, directory, ledger)? {
                changed.push(Change { file, standing });
            }
        }
        let mut stale = Vec::new();
        let rendered: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
        for path in ledger.paths().filter(|path| !partial && !rendered.contains(path)) {
            if let Some(old) = directory.existing(path)? {
                stale.push(Stale { path: path.to_owned(), is_edited: !ledger.wrote(path, &old) });
            }
        }
        let mut kept = BTreeSet::new();
        if stale.is_empty() && changed.iter().all(|change| change.file.follows) {
            let stays = |change: &Change<'_>| matches!(change.standing, Standing::Own | Standing::Edited);
            kept.extend(changed.extract_if(.., |change| stays(change)).map(|change| change.file.path.as_str()));
        }
        Ok(Self { changed, stale, kept })
    }

    /// Fails if files are not `gen`'s to overwrite or to remove.
    pub fn refuse(&self, directory: &Path) -> Result<(), Error> {
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

    /// What is not as it would be written, a line each; of which commit it is, the values do not say.
    fn lines(&self, directory: &Path) -> Vec<String> {
        let line = |path: &str, what: &str| format!("`{}` {what}", directory.join(path).display());
        let changed = self.changed.iter().map(|change| {
            line(&change.file.path, if change.standing == Standing::New { "is not there" } else { "is not what the values give" })
        });
        let stale = self.stale.iter().filter(|stale| stale.path != hydrator::PATH);
        changed.chain(stale.map(|stale| line(&stale.path, "is not rendered any more"))).collect()
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
