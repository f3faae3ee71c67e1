//! The ledger: what `gen` wrote into a directory, which tells its files from those of others.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path};

use serde::{Deserialize, Serialize};

use super::directory::Directory;
use crate::checksum;
use crate::error::{Diagnostic, Error};

/// The ledger's file name.
const LEDGER: &str = ".gen-ledger";

/// What `gen` wrote into a directory.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(super) struct Ledger {
    /// The files, by path, with the checksum of what was written; while a run lasts, of what is being written too.
    pub files: BTreeMap<String, BTreeSet<String>>,
}

impl Ledger {
    /// The ledger of a directory; an empty one if there is none.
    pub fn of(directory: &Directory<'_>) -> Result<Self, Error> {
        let Some(bytes) = directory.existing(LEDGER)? else { return Ok(Self::default()) };
        let broken = |why: String| {
            let broken = Diagnostic::new(format!("`{}` is not a ledger of gen", directory.path.join(LEDGER).display())).note(why);
            Error::from(broken.help("restore it, or remove it and give `--force` once"))
        };
        let ledger: Self = serde_json::from_slice(&bytes).map_err(|error| broken(error.to_string()))?;
        // A ledger that somebody changed must not name a file elsewhere.
        let within = |path: &str| Path::new(path).components().all(|component| matches!(component, Component::Normal(_)));
        match ledger.files.keys().find(|path| !within(path)) {
            Some(outside) => Err(broken(format!("`{outside}` is not a path in this directory"))),
            None => Ok(ledger),
        }
    }

    /// The paths of the files that `gen` wrote.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Writes it into the directory.
    pub fn save(&self, directory: &Directory<'_>) -> Result<(), Error> {
        let text = serde_json::to_string_pretty(self).expect("a ledger is plain data") + "\n";
        if directory.existing(LEDGER)?.is_some_and(|old| old == text.as_bytes()) {
            return Ok(());
        }
        directory.stage(LEDGER, &text, false)?.persist()
    }

    /// Whether the bytes are what `gen` wrote at the path.
    pub fn wrote(&self, path: &str, bytes: &[u8]) -> bool {
        self.files.get(path).is_some_and(|checksums| checksums.contains(&checksum::of_bytes(bytes)))
    }
}
