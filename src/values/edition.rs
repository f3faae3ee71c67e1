//! Airflow's version, and the edition of the manifests that goes with it.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

/// A version of Airflow: `major.minor`, with an optional patch level and suffix.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(transparent)]
pub struct AirflowVersion(String);

impl Default for AirflowVersion {
    fn default() -> Self {
        Self("3.2.0".to_owned())
    }
}

impl JsonSchema for AirflowVersion {
    fn schema_name() -> Cow<'static, str> {
        "AirflowVersion".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": r"^[0-9]+\.[0-9]+(\.[0-9]+)*([-.+]?[A-Za-z][-.A-Za-z0-9]*)?$",
            "maxLength": 64,
            "x-expected": "a version of Airflow, such as `1.10.12`"
        })
    }
}

impl AirflowVersion {
    /// The version as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The third number of the version; 0, if it has none.
    #[must_use]
    pub fn patch(&self) -> u32 {
        self.0.split(['.', '-', '+']).nth(2).and_then(|third| third.parse().ok()).unwrap_or_default()
    }

    /// The edition of the manifests for it, if there is one.
    #[must_use]
    pub fn edition(&self) -> Option<Edition> {
        Edition::ALL.into_iter().find(|edition| {
            let rest = self.0.strip_prefix(edition.name());
            rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
        })
    }
}

/// A set of templates and defaults, for a line of Airflow's versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edition {
    /// Airflow 1.10: the stack of the article, see `docs/article.md`.
    V1_10,
}

impl Edition {
    /// All editions.
    pub const ALL: [Self; 1] = [Self::V1_10];

    /// The edition's name: the beginning of its versions, and its folder of templates.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::V1_10 => "1.10",
        }
    }

    /// The values that differ from the defaults of the types in this edition, as a values file.
    #[must_use]
    pub fn defaults(self) -> &'static str {
        match self {
            Self::V1_10 => include_str!("edition-1.10.yaml"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_belongs_to_the_edition_that_it_begins_with() {
        for (version, edition) in [
            ("1.10", Some(Edition::V1_10)),
            ("1.10.12", Some(Edition::V1_10)),
            ("1.10.10.1-alpha2", Some(Edition::V1_10)),
            ("1.101", None),
            ("2.11.0", None),
            ("1.1", None),
        ] {
            assert_eq!(AirflowVersion(version.to_owned()).edition(), edition, "{version}");
        }
    }
}
