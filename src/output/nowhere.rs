//! The directory where there is no file system, as in a browser: none can be opened, so nothing is ever done with one.

use std::convert::Infallible;
use std::path::Path;

use crate::error::{Diagnostic, Error, code};

/// A directory that cannot be.
pub(super) struct Directory<'p> {
    pub path: &'p Path,
    never: Infallible,
}

impl<'p> Directory<'p> {
    pub fn open(path: &'p Path) -> Result<Self, Error> {
        let error = Diagnostic::new(format!("cannot open the directory `{}`", path.display())).coded(code::UNREADABLE);
        Err(error.note("there is no file system here").into())
    }

    pub fn existing(&self, _: &str) -> Result<Option<Vec<u8>>, Error> {
        match self.never {}
    }

    pub fn others_read(&self, _: &str) -> bool {
        match self.never {}
    }

    pub fn stage(&self, _: &mut Unfinished, _: &str, _: &str, _: bool) -> Result<(), Error> {
        match self.never {}
    }

    pub fn put(&self, _: &str, _: &str) -> Result<(), Error> {
        match self.never {}
    }

    pub fn discard(&self, _: &Unfinished) {
        match self.never {}
    }

    pub fn would_remove(&self, _: &str) -> Result<(), Error> {
        match self.never {}
    }

    pub fn remove(&self, _: &str) -> Result<(), Error> {
        match self.never {}
    }
}

/// What is written beside its place in a directory: nothing.
#[derive(Debug, Default)]
pub(super) struct Unfinished(());

impl Unfinished {
    #[expect(clippy::unused_self, reason = "where there is a file system, it is the one that knows")]
    pub fn paths(&self) -> &[String] {
        &[]
    }

    #[expect(clippy::unused_self, reason = "where there is a file system, it is the one that knows")]
    pub fn is_empty(&self) -> bool {
        true
    }

    #[expect(clippy::unused_self, reason = "where there is a file system, it is the one that knows")]
    pub fn finish(&mut self) {}
}
