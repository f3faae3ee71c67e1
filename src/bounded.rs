//! Files that are read, up to a bound: what never ends, or never comes, is no file of values.

use std::fs::{self, File};
use std::io::{self, Error, ErrorKind, Read};
use std::path::Path;

/// The most bytes of a text that is read: values, patches, manifests. A set of manifests for thousands of objects is smaller.
pub const MOST: u64 = 16 << 20;

/// The most bytes of a secret, which is what a Secret may hold (Kubernetes: 1 MiB).
pub const MOST_OF_SECRET: u64 = 1 << 20;

/// What a file holds. A pipe is a file, such as that of a shell's `<(...)`.
///
/// # Errors
///
/// What the file system says; a file that is larger than `most`.
pub fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    read_from(File::open(path)?, most)
}

/// What a file of one's own holds: a regular one, or a pipe that the shell has opened. Another pipe might never be written to.
///
/// # Errors
///
/// As of [`read`]; and what is neither.
pub fn read_regular(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let is_opened = path.starts_with("/dev/fd") || path == Path::new("/dev/stdin");
    if is_opened || fs::metadata(path)?.is_file() {
        read(path, most)
    } else {
        Err(Error::new(ErrorKind::InvalidInput, "it is no regular file"))
    }
}

/// What a stream holds.
///
/// # Errors
///
/// What the stream says; one that is longer than `most`.
pub fn read_from(stream: impl Read, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    stream.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(Error::new(ErrorKind::FileTooLarge, format!("it is larger than {} MiB", most >> 20)));
    }
    Ok(bytes)
}

/// What a stream of text holds.
///
/// # Errors
///
/// As of [`read_from`]; and what is not UTF-8.
pub fn read_text(stream: impl Read, most: u64) -> io::Result<String> {
    String::from_utf8(read_from(stream, most)?).map_err(|_| Error::new(ErrorKind::InvalidData, "it is not UTF-8"))
}
