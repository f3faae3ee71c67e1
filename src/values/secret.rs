//! Values that nobody may read in a message.

use std::fmt;
use std::ops::Deref;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize, Serializer};

/// A secret: its text, or a placeholder for it.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
#[schemars(extend("writeOnly" = true))]
pub enum SecretValue {
    /// The secret itself.
    Text(Password),
    /// A text that goes into the Secret as it is, for output that is committed and filled in later.
    Placeholder(Placeholder),
}

/// Stands in for a secret until the manifest is filled in.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("x-expected" = "a map with the key `placeholder` alone"))]
pub struct Placeholder {
    /// The text. It is often filled in here by mistake, so it is a secret too.
    pub placeholder: Password,
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

/// What shows in the place of a secret.
const MASK: &str = "***";

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
