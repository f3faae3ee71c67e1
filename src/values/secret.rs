//! Secrets, which messages never show.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize, Serializer};

use crate::source::MASK;

/// A secret: its text; `{env: NAME}` or `{file: PATH}`, where its text is; or `{placeholder: TEXT}` for it.
///
/// With a placeholder the Secret has to exist, and is not among the manifests; for Airflow 1.10 the placeholder goes into the
/// Secret as it is.
///
/// A relative path is relative to the values file that names it, or (on the command line and standard input) to the
/// working directory. A line break at the end of the file is not part of the secret. By the time values are typed, the
/// text has taken the place of what said where it is, see `layers/secrets/source.rs`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(untagged)]
pub enum SecretValue {
    /// The secret itself.
    Text(Password),
    /// A text that says what belongs there; for Airflow 1.10 it goes into the Secret as it is.
    Placeholder(Placeholder),
}

/// A placeholder for a secret.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Placeholder {
    /// The text. It is often filled in here by mistake, so it is a secret too.
    pub placeholder: Password,
}

/// What marks, in the schema of the values, a secret that may be elsewhere.
pub const SECRET_SOURCE: &str = "x-secret-source";

impl SecretValue {
    /// The keys of the maps that say where a secret is, or what stands in for it.
    pub const SOURCES: [&'static str; 3] = ["env", "file", "placeholder"];

    /// The secret itself, if it is known and not empty.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(&**text).filter(|text| !text.is_empty()) } else { None }
    }

    /// What stands in for it, if something does.
    #[must_use]
    pub fn placeholder(&self) -> Option<&str> {
        if let Self::Placeholder(placeholder) = self { Some(&placeholder.placeholder) } else { None }
    }

    /// Whether it is the empty text, which stands for nothing given, as in the chart.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Text(text) if text.is_empty())
    }
}

impl Default for SecretValue {
    fn default() -> Self {
        Self::Text(Password::default())
    }
}

impl From<&str> for SecretValue {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl JsonSchema for SecretValue {
    fn schema_name() -> Cow<'static, str> {
        "SecretValue".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let text = generator.subschema_for::<Password>();
        let [env, file, placeholder] = [
            (
                "env",
                "{env: NAME}",
                "The environment variable that holds the secret.",
                json_schema!({"type": "string", "pattern": "^[A-Za-z_][A-Za-z0-9_]*$", "x-verbatim": true}),
            ),
            (
                "file",
                "{file: PATH}",
                "The file that holds the secret.",
                json_schema!({"type": "string", "pattern": "^[^\\x00]+$", "x-verbatim": true}),
            ),
            (
                "placeholder",
                "{placeholder: TEXT}",
                "What belongs there. The Secret has to exist; for Airflow 1.10 this goes into it as it is.",
                json_schema!({"type": "string", "pattern": r"(?s)^.+$", "x-verbatim": true, "writeOnly": true}),
            ),
        ]
        .map(|(key, form, description, mut value)| {
            value.insert("description".to_owned(), description.into());
            json_schema!({"type": "object", "properties": {key: value}, "required": [key], "x-expected": format!("`{form}`")})
        });
        json_schema!({"anyOf": [text, env, file, placeholder], "writeOnly": true, SECRET_SOURCE: true})
    }
}

/// A secret of several lines, such as a private key. It ends with a line break.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(transparent)]
pub struct SecretLines(pub SecretValue);

/// What marks, in the schema of the values, a secret of several lines.
pub const SECRET_LINES: &str = "x-secret-lines";

impl JsonSchema for SecretLines {
    fn schema_name() -> Cow<'static, str> {
        "SecretLines".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = SecretValue::json_schema(generator);
        schema.insert(SECRET_LINES.to_owned(), true.into());
        schema
    }
}

/// The text of a secret, taken as it stands. It shows as `***` wherever values are shown.
#[derive(Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(extend("writeOnly" = true, "x-verbatim" = true))]
pub struct Password(String);

/// A text with secrets in it, in which references are resolved. It shows as `***` wherever values are shown.
#[derive(Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(extend("writeOnly" = true))]
pub struct SecretText(String);

macro_rules! hidden {
    ($name:ident) => {
        impl Deref for $name {
            type Target = str;
            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(MASK)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(MASK)
            }
        }
    };
}

hidden!(Password);
hidden!(SecretText);
