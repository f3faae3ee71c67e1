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
    ///
    /// Nothing waits for the disk: a run that is killed leaves old files or new ones, and after a failure of the power the values give
    /// them once more.
    pub fn stage(&self, unfinished: &mut Unfinished, path: &str, text: &str, private: bool) -> Result<(), Error> {
        self.prepare(unfinished, folder_of(path))?;
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        cap_std::fs::OpenOptionsExt::mode(&mut options, if private { 0o600 } else { 0o666 });
        // Elsewhere a file is as private as its folder.
        #[cfg(not(unix))]
        let _ = private;
        let mut file = self.dir.open_with(beside(path), &options).map_err(|error| self.failed("write", path, error))?;
        unfinished.paths.push(path.to_owned());
        file.write_all(text.as_bytes()).map_err(|error| self.failed("write", path, error))
    }

    /// Makes a folder, if it is not there, and removes what killed runs left in it.
    fn prepare(&self, unfinished: &mut Unfinished, folder: &str) -> Result<(), Error> {
        // Files come in the order of their paths.
        if unfinished.paths.last().is_some_and(|last| folder_of(last) == folder) {
            return Ok(());
        }
        let above = Path::new(folder).ancestors().filter(|above| !above.as_os_str().is_empty());
        unfinished.made.extend(above.take_while(|above| !self.dir.exists(above)).map(Path::to_owned));
        self.dir.create_dir_all(folder).map_err(|error| self.failed("make the directory", folder, error))?;
        self.sweep(folder);
        Ok(())
    }

    /// Puts a file that was written beside its place into a place.
    pub fn put(&self, path: &str, place: &str) -> Result<(), Error> {
        self.dir.rename(beside(path), &self.dir, place).map_err(|error| self.failed("write", place, error))
    }

    /// Takes away what is still beside its place, and the folders that were made for it.
    pub fn discard(&self, unfinished: &Unfinished) {
        for path in &unfinished.paths {
            let _ = self.dir.remove_file(beside(path));
        }
        // Those that are in others go first.
        let mut made: Vec<&PathBuf> = unfinished.made.iter().collect();
        made.sort_by_key(|made| std::cmp::Reverse(made.components().count()));
        for made in made {
            let _ = self.dir.remove_dir(made);
        }
    }

    /// That a file can be removed from its folder.
    pub fn would_remove(&self, path: &str) -> Result<(), Error> {
        let mut unfinished = Unfinished::default();
        let staged = self.stage(&mut unfinished, path, "", true);
        self.discard(&unfinished);
        staged.map_err(|_| {
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

/// What is written beside its place in a directory.
#[derive(Debug, Default)]
pub(super) struct Unfinished {
    /// The paths of the files; some may be in their places already.
    paths: Vec<String>,
    /// The folders that were made for them.
    made: Vec<PathBuf>,
}

impl Unfinished {
    /// The paths of the files, in the order in which they were written.
    pub fn paths(&self) -> &[String] {
        &self.paths
    }

    /// Whether there is nothing that would have to be taken away.
    pub fn is_empty(&self) -> bool {
        self.paths.is_empty() && self.made.is_empty()
    }

    /// That all files are in their places, and nothing has to be taken away.
    pub fn finish(&mut self) {
        *self = Self::default();
    }
}

/// The folder of a path.
fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or(".", |(folder, _)| folder)
}

/// Where a file of this run is until it is in its place.
fn beside(path: &str) -> String {
    let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
    let name = checksum::shortened(name, MOST_OF_UNFINISHED);
    format!("{}/{}{}-{name}{}", folder_of(path), UNFINISHED.0, process::id(), UNFINISHED.1)
}
