//! Airflow's version, and the edition of the manifests that goes with it.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use crate::schema::Airflow;

/// A version of Airflow that has an edition: `major`, with an optional minor number, patch level and suffix, and without the `v` that
/// Helm takes before it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct AirflowVersion {
    text: String,
    edition: Edition,
}

impl Default for AirflowVersion {
    fn default() -> Self {
        Self { text: "3.2.2".to_owned(), edition: Edition::Current }
    }
}

impl TryFrom<String> for AirflowVersion {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let text = text.strip_prefix('v').map(str::to_owned).unwrap_or(text);
        Edition::of_version(&text)
            .map(|edition| Self { edition, text: text.clone() })
            .ok_or_else(|| format!("no edition for Airflow {text}"))
    }
}

impl From<AirflowVersion> for String {
    fn from(version: AirflowVersion) -> Self {
        version.text
    }
}

impl JsonSchema for AirflowVersion {
    fn schema_name() -> Cow<'static, str> {
        "AirflowVersion".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": r"^v?[0-9]+((\.[0-9]+)+([-.+]?[A-Za-z][-.A-Za-z0-9]*)?)?$",
            "maxLength": 64,
            "x-expected": "a version of Airflow, such as `3.2.0`"
        })
    }
}

impl AirflowVersion {
    /// The version as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The first three numbers of the version; 0 for each that it does not have.
    #[must_use]
    pub fn numbers(&self) -> (u32, u32, u32) {
        numbers(&self.text)
    }

    /// The first number of the version.
    #[must_use]
    pub fn major(&self) -> u32 {
        self.numbers().0
    }

    /// The first number of a version, whether it has an edition or not.
    #[must_use]
    pub fn major_of(version: &str) -> u32 {
        numbers(version).0
    }

    /// The third number of the version; 0, if it has none.
    #[must_use]
    pub fn patch(&self) -> u32 {
        self.numbers().2
    }

    /// What is known of the options that it has.
    #[must_use]
    pub fn known(&self) -> Airflow {
        let (major, minor, _) = self.numbers();
        Airflow::of((major, minor))
    }

    /// The edition of the manifests for it.
    #[must_use]
    pub fn edition(&self) -> Edition {
        self.edition
    }
}

fn numbers(version: &str) -> (u32, u32, u32) {
    let mut numbers = version.strip_prefix('v').unwrap_or(version).split(['.', '-', '+']).map(|number| {
        let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().unwrap_or_default()
    });
    let mut next = || numbers.next().unwrap_or_default();
    (next(), next(), next())
}

/// A set of templates and defaults, for a line of Airflow's versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edition {
    /// Airflow 1.10: the stack of the article, see `docs/article.md`.
    V1_10,
    /// Airflow 2.11 and 3: what the official chart 1.22.0 renders.
    Current,
}

impl Edition {
    /// All editions.
    pub const ALL: [Self; 2] = [Self::V1_10, Self::Current];

    /// The edition for a version of Airflow, if there is one.
    #[must_use]
    pub fn of_version(version: &str) -> Option<Self> {
        match numbers(version) {
            (1, 10, _) => Some(Self::V1_10),
            (2, 11.., _) | (3, ..) => Some(Self::Current),
            _ => None,
        }
    }

    /// The edition's name, which is also its folder of templates.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::V1_10 => "1.10",
            Self::Current => "current",
        }
    }

    /// The versions of Airflow that it is for, in words.
    #[must_use]
    pub fn versions(self) -> &'static str {
        match self {
            Self::V1_10 => "1.10",
            Self::Current => "2.11 and 3",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_belongs_to_the_edition_of_its_line() {
        for (version, edition) in [
            ("1.10", Some(Edition::V1_10)),
            ("1.10.12", Some(Edition::V1_10)),
            ("1.10.10.1-alpha2", Some(Edition::V1_10)),
            ("1.101", None),
            ("2.10.5", None),
            ("2.11.0", Some(Edition::Current)),
            ("2.12", Some(Edition::Current)),
            ("3", Some(Edition::Current)),
            ("v3.2.0", Some(Edition::Current)),
            ("v2.10", None),
            ("3.0.0rc1", Some(Edition::Current)),
            ("3.2.0-python3.12", Some(Edition::Current)),
            ("4.0", None),
            ("1.1", None),
        ] {
            assert_eq!(Edition::of_version(version), edition, "{version}");
        }
    }
}
