//! Files that are replaced, each as a whole.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::error::Error;

/// Replaces the text of files. All are written beside their places first and then renamed, so that none is ever half written;
/// a link stays a link, and a file keeps who may read it. What has the text already is not touched.
///
/// # Errors
///
/// What the file system says. If that was before the first file was renamed, all are as they were.
pub fn replace(files: &[(&Path, &str)]) -> Result<(), Error> {
    let mut staged: Vec<(NamedTempFile, PathBuf)> = Vec::new();
    for (path, text) in files {
        let target = fs::canonicalize(path).map_err(|error| Error::io("write", path, &error))?;
        if fs::read(&target).is_ok_and(|old| old == text.as_bytes()) {
            continue;
        }
        let stage = || {
            let mut file = NamedTempFile::new_in(target.parent().unwrap_or(Path::new(".")))?;
            file.write_all(text.as_bytes())?;
            file.as_file().set_permissions(fs::metadata(&target)?.permissions())?;
            file.as_file().sync_all()?;
            Ok(file)
        };
        staged.push((stage().map_err(|error| Error::io("write", path, &error))?, target));
    }
    for (file, target) in staged {
        file.persist(&target).map_err(|error| Error::io("write", &target, &error.error))?;
    }
    Ok(())
}
