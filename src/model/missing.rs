//! The Secrets that have to exist.

/// A Secret that pods refer to and nothing makes.
#[derive(Clone, Debug)]
pub struct Missing {
    /// The key of the values that would make it.
    pub key: String,
    /// The Secret's name.
    pub name: String,
    /// The Secret's namespace.
    pub namespace: String,
    /// Its keys, and what their values look like; `FILE` for what has several lines.
    pub literals: Vec<(String, String)>,
    /// How a value for it is made, where any will do.
    pub fresh: Option<Fresh>,
}

/// What stands for the text of a secret of several lines.
pub const FILE: &str = "FILE";

/// How a secret is made that is nothing but hard to guess.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fresh {
    /// A fernet key.
    FernetKey,
    /// Any text.
    Text,
}
