//! The arguments that give values.

use std::fs;
use std::io::{self, Read as _};
use std::path::PathBuf;

use super::file::{cannot_read, decode};
use crate::error::{Diagnostic, reason};

/// An argument that gives values.
#[derive(Clone, Debug)]
pub enum Layer {
    /// A values file (`-f`).
    File(PathBuf),
    /// Standard input (`-f -`).
    Stdin,
    /// What a values file says, which was read already: how messages name it, and its text.
    Text(String, String),
    /// `--set`: keys and values, with the types that they look like.
    Set(String),
    /// `--set-string`: the same, all strings.
    SetString(String),
    /// `--set-file`: keys, and files that hold their text.
    SetFile(String),
    /// `--set-json`: keys and JSON values.
    SetJson(String),
    /// An option of its own that stands for a key: the option, the key, and the value.
    Option(&'static str, &'static str, String),
}

impl Layer {
    /// The same, with the text of a file in its place.
    pub(crate) fn loaded(self) -> Result<Self, Box<Diagnostic>> {
        let (name, bytes) = match self {
            Self::File(path) => (path.display().to_string(), fs::read(&path).map_err(|error| cannot_read(&path, &error))?),
            Self::Stdin => {
                let mut bytes = Vec::new();
                io::stdin().read_to_end(&mut bytes).map_err(|error| Diagnostic::new("cannot read standard input").note(reason(&error)))?;
                ("standard input".to_owned(), bytes)
            }
            other => return Ok(other),
        };
        let text = decode(&name, &bytes)?.to_owned();
        Ok(Self::Text(name, text))
    }
}
