//! How a message says what to add: as options of the command line, or as keys of `gen.yaml`.

use crate::shell;

/// Where a file is named, and so where more can be said of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wording {
    /// On the command line.
    Options,
    /// In `gen.yaml`.
    Keys,
}

/// Options, and the keys of `gen.yaml` that say the same.
const KEYS: [(&str, &str); 3] = [("--values-from", "valuesFrom"), ("--release-name", "releaseName"), ("-n", "namespace")];

impl Wording {
    /// How what an option says is called.
    pub fn name(self, option: &'static str) -> &'static str {
        match self {
            Self::Options => option,
            Self::Keys => KEYS.iter().find(|(known, _)| *known == option).map_or(option, |(_, key)| key),
        }
    }

    /// The files that an option is about.
    pub fn files(self) -> &'static str {
        match self {
            Self::Options => "each `-f`",
            Self::Keys => "each file of `values`",
        }
    }

    /// What to add: options, each with its value.
    pub fn add(self, options: &[(&'static str, &str)]) -> String {
        match self {
            Self::Options => {
                let options = options.iter().map(|(option, value)| format!("{option} {}", shell::word(value)));
                format!("add `{}`", options.collect::<Vec<_>>().join(" "))
            }
            Self::Keys => {
                let keys = options.iter().map(|(option, value)| format!("`{}: {value}`", self.name(option)));
                format!("add {} where `gen.yaml` lists it", keys.collect::<Vec<_>>().join(", "))
            }
        }
    }
}
