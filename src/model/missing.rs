//! The Secrets that have to exist.

use crate::shell;

/// A Secret that pods refer to and nothing makes.
#[derive(Clone, Debug)]
pub struct Missing {
    /// The key of the values that would make it.
    pub key: String,
    /// The Secret's name.
    pub name: String,
    /// The Secret's namespace.
    pub namespace: String,
    /// Its type, where it is not `Opaque`.
    pub kind: Option<&'static str>,
    /// Its keys, and what their values look like; `FILE` for what has several lines.
    pub literals: Vec<(String, String)>,
    /// How a value for it is made, where any will do.
    pub fresh: Option<Fresh>,
    /// Whether the values have a placeholder for it.
    pub is_open: bool,
}

impl Missing {
    /// The command that makes it.
    #[must_use]
    pub fn command(&self) -> String {
        let Self { name, namespace, kind, literals, .. } = self;
        let kind = kind.map(|kind| format!(" --type={kind}")).unwrap_or_default();
        let option = |value: &str| if value == FILE { "--from-file" } else { "--from-literal" };
        let literals: String = literals.iter().map(|(key, value)| format!(" {}={key}={}", option(value), shell::word(value))).collect();
        format!("kubectl create secret generic {name} -n {namespace}{kind}{literals}")
    }
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
