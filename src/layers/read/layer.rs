//! The arguments that give values.

use std::path::PathBuf;

/// An argument that gives values.
#[derive(Clone, Debug)]
pub enum Layer {
    /// A values file (`-f`).
    File(PathBuf),
    /// Standard input (`-f -`).
    Stdin,
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
