//! Where files are read that values name, and the variables of the environment.

use std::io;
use std::path::Path;
use std::sync::Arc;

use crate::bounded;
use crate::git::Revision;

/// Where files are read that values name: on the disk, or first in a revision of git, as they were there; or nowhere.
#[derive(Clone, Debug)]
pub enum Files {
    /// On the disk.
    Disk,
    /// As they are in a revision; what git does not track there is read from the disk.
    Revision(Arc<Revision>),
    /// There are none, and no variables of the environment either: the values stand alone, as in a browser.
    Nowhere,
}

impl Default for Files {
    fn default() -> Self {
        if cfg!(target_family = "wasm") { Self::Nowhere } else { Self::Disk }
    }
}

impl Files {
    /// What a file holds, which may be a pipe.
    ///
    /// # Errors
    ///
    /// As of [`bounded::read`]; what git says.
    pub fn read(&self, path: &Path, most: u64) -> io::Result<Vec<u8>> {
        self.tracked(path, most)?.map_or_else(|| bounded::read(path, most), Ok)
    }

    /// What a file of one's own holds.
    ///
    /// # Errors
    ///
    /// As of [`bounded::read_regular`]; what git says.
    pub fn read_regular(&self, path: &Path, most: u64) -> io::Result<Vec<u8>> {
        self.tracked(path, most)?.map_or_else(|| bounded::read_regular(path, most), Ok)
    }

    fn tracked(&self, path: &Path, most: u64) -> io::Result<Option<Vec<u8>>> {
        match self {
            Self::Disk => Ok(None),
            Self::Nowhere => Err(io::Error::new(io::ErrorKind::Unsupported, "no file is read here: the values stand alone")),
            Self::Revision(revision) => {
                let said = |error: crate::error::Error| error.diagnostics.first().map(|one| one.title.clone()).unwrap_or_default();
                revision.read(path, most).map_err(|error| io::Error::other(said(error)))
            }
        }
    }
}
