//! Whether a directory is as a run left it.

use std::path::Path;

use super::directory::Directory;
use super::ledger::{LEDGER, Ledger};
use super::line_ends;
use crate::checksum;

/// How many files `gen` wrote into a directory, if all of them are as it left them, and the ledger has that checksum.
#[must_use]
pub fn as_written(path: &Path, ledger: &str) -> Option<usize> {
    if ledger_checksum(path)? != ledger {
        return None;
    }
    let directory = Directory::open(path).ok()?;
    let ledger = Ledger::of(&directory).ok()?;
    let is_there = |path: &str| directory.existing(path).is_ok_and(|bytes| bytes.is_some_and(|bytes| ledger.wrote(path, &bytes)));
    ledger.paths().all(is_there).then(|| ledger.paths().count())
}

/// The checksum of the ledger of a directory, if there is one.
#[must_use]
pub fn ledger_checksum(path: &Path) -> Option<String> {
    let bytes = Directory::open(path).ok()?.existing(LEDGER).ok()??;
    Some(checksum::of_bytes(line_ends::plain_bytes(&bytes).as_deref().map_or(bytes.as_slice(), str::as_bytes)))
}
