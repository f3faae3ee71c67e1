//! A directory that no path leads out of, whatever links are in it: what is read of it, staged beside its place, and removed.

use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::process;
use std::time::Duration;

use cap_std::ambient_authority;
use cap_std::fs::{Dir, OpenOptions};

use crate::bounded;
use crate::checksum;
use crate::error::{Diagnostic, Error, code};

/// How the names of unfinished files begin and end.
const UNFINISHED: (&str, &str) = (".gen-", ".unfinished");

/// The most bytes of a file's name that stand between both, and behind the number of the process.
const MOST_OF_UNFINISHED: usize = 200;

/// The age at which an unfinished file counts as abandoned.
const ABANDONED: Duration = Duration::from_mins(10);

/// A directory that no path leads out of, whatever links are in it.
pub(super) struct Directory<'p> {
    pub path: &'p Path,
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

    /// Whether others than the file's owner may read or write it.
    pub fn others_read(&self, path: &str) -> bool {
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
    pub fn stage(&self, path: &str, text: &str, private: bool) -> Result<Unfinished, Error> {
        let (folder, name) = path.rsplit_once('/').unwrap_or((".", path));
        let above = Path::new(path).ancestors().skip(1).filter(|above| !above.as_os_str().is_empty());
        let made = above.take_while(|above| !self.dir.exists(above)).map(Path::to_owned).collect();
        self.dir.create_dir_all(folder).map_err(|error| self.failed("make the directory", folder, error))?;
        self.sweep(folder);
        let name = checksum::shortened(name, MOST_OF_UNFINISHED);
        let unfinished = format!("{folder}/{}{}-{name}{}", UNFINISHED.0, process::id(), UNFINISHED.1);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        cap_std::fs::OpenOptionsExt::mode(&mut options, if private { 0o600 } else { 0o666 });
        let mut staged = Unfinished { path: path.to_owned(), beside: Some(unfinished), made };
        let opened = staged.beside.as_ref().map(|unfinished| self.dir.open_with(unfinished, &options)).transpose();
        let written =
            opened.and_then(|file| file.iter().try_for_each(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_data())));
        match written {
            Ok(()) => Ok(staged),
            Err(error) => {
                self.discard(&mut staged);
                Err(self.failed("write", path, error))
            }
        }
    }

    /// Puts a file into its place that was written beside it.
    pub fn put(&self, file: &mut Unfinished) -> Result<(), Error> {
        let Some(unfinished) = &file.beside else { return Ok(()) };
        self.dir.rename(unfinished, &self.dir, &file.path).map_err(|error| self.failed("write", &file.path, error))?;
        file.beside = None;
        Ok(())
    }

    /// Takes a file away that was written beside its place, and the folders that were made for it.
    pub fn discard(&self, file: &mut Unfinished) {
        if let Some(unfinished) = file.beside.take() {
            let _ = self.dir.remove_file(unfinished);
            file.made.iter().take_while(|made| self.dir.remove_dir(made).is_ok()).for_each(drop);
        }
    }

    /// That a file can be removed from its folder.
    pub fn would_remove(&self, path: &str) -> Result<(), Error> {
        self.stage(path, "", true).map(|mut file| self.discard(&mut file)).map_err(|_| {
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
    pub fn remove(&self, path: &str) -> Result<(), Error> {
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

/// A file that is written beside its place.
#[derive(Debug)]
pub(super) struct Unfinished {
    path: String,
    /// Where it is now; nothing, once it is in its place or gone.
    beside: Option<String>,
    /// The folders that were made for it, the deepest first.
    made: Vec<PathBuf>,
}
