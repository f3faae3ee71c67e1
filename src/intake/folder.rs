//! The files of a folder.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::error::{Diagnostic, Severity, code, reason};

/// The endings of files that may hold objects.
const ENDINGS: [&str; 3] = ["yaml", "yml", "json"];

/// The files of YAML and JSON in a folder and in the folders below it, in the order of their paths.
///
/// Hidden files and folders are left out. A link counts if it leads to something within the folder.
pub fn files(folder: &Path, failed: &mut Vec<Diagnostic>) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut walk = Walk { root: fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned()), seen: HashSet::new(), failed };
    walk.look(folder, &mut found);
    found
}

struct Walk<'f> {
    /// The real path of the folder.
    root: PathBuf,
    /// The real paths of the folders that were looked into.
    seen: HashSet<PathBuf>,
    /// What cannot be read.
    failed: &'f mut Vec<Diagnostic>,
}

impl Walk<'_> {
    fn look(&mut self, folder: &Path, found: &mut Vec<PathBuf>) {
        if fs::canonicalize(folder).is_ok_and(|folder| !self.seen.insert(folder)) {
            return;
        }
        let entries = fs::read_dir(folder).and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>, _>>());
        let mut entries = match entries {
            Ok(entries) => entries,
            Err(error) => {
                let told = Diagnostic::new(format!("cannot read `{}`", folder.display())).coded(code::UNREADABLE);
                return self.failed.push(told.note(reason(&error)));
            }
        };
        entries.retain(|path| !is_hidden(path) && self.is_within(path));
        entries.sort();
        for path in entries {
            if path.is_dir() {
                self.look(&path, found);
            } else if path.is_file() && path.extension().is_some_and(|ending| ENDINGS.iter().any(|known| ending == *known)) {
                found.push(path);
            }
        }
    }

    /// Whether a path does not lead out of the folder.
    fn is_within(&self, path: &Path) -> bool {
        !path.is_symlink() || fs::canonicalize(path).is_ok_and(|path| path.starts_with(&self.root))
    }
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}

/// The most files that are named.
const MOST_NAMED: usize = 3;

/// A note about files in folders that hold no objects.
pub fn passed(files: &[String]) -> Option<Diagnostic> {
    let named: Vec<String> = files.iter().take(MOST_NAMED).map(|file| format!("`{file}`")).collect();
    let title = match (named.as_slice(), files.len() - named.len()) {
        ([], _) => return None,
        ([one], 0) => format!("{one} holds no object of Kubernetes, and is left out"),
        (several, 0) => format!("{} hold no objects of Kubernetes, and are left out", several.join(", ")),
        (several, more) => format!("{} and {more} more files hold no objects of Kubernetes, and are left out", several.join(", ")),
    };
    Some(Diagnostic { severity: Severity::Note, ..Diagnostic::new(title).coded(code::PASSED_BY) })
}
