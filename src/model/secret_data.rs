//! The value of a Secret's key: a secret, or its placeholder.

use std::fmt;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use indexmap::IndexMap;
use serde::{Serialize, Serializer, ser::SerializeStruct as _};

use crate::kubernetes::Secrecy;
use crate::source::MASK;
use crate::values::SecretValue;

/// The value of a key of a Secret.
#[derive(Clone, PartialEq, Eq)]
pub enum SecretData {
    /// A text that is known.
    Known(String),
    /// A text that is no secret, though it stands in a Secret.
    Plain(String),
    /// Bytes that are known by their base64.
    Base64(String),
    /// A placeholder, which goes into the Secret's `data` as it is.
    Placeholder(String),
    /// A text with a placeholder in it, which goes into the Secret's `stringData`.
    Open(String),
}

impl SecretData {
    /// The data that is a secret by itself; `None`, where it is empty.
    #[must_use]
    pub fn of(secret: &SecretValue) -> Option<Self> {
        let placeholder = secret.placeholder().map(|text| Self::Placeholder(text.to_owned()));
        placeholder.or_else(|| secret.text().map(|text| Self::Known(text.to_owned())))
    }

    /// The data that has a secret in it: `build` makes it from the secret as `encode` writes it, or from its
    /// placeholder as it is.
    #[must_use]
    pub fn with(secret: Option<&SecretValue>, encode: impl FnOnce(&str) -> String, build: impl FnOnce(Option<String>) -> String) -> Self {
        match secret.and_then(SecretValue::placeholder) {
            Some(placeholder) => Self::Open(build(Some(placeholder.to_owned()))),
            None => Self::Known(build(secret.and_then(SecretValue::text).map(encode))),
        }
    }

    /// The text with something before it.
    #[must_use]
    pub fn after(self, prefix: &str) -> Self {
        match self {
            Self::Known(text) => Self::Known(format!("{prefix}{text}")),
            Self::Plain(text) => Self::Plain(format!("{prefix}{text}")),
            Self::Placeholder(text) => Self::Placeholder(text),
            Self::Base64(text) => Self::Base64(text),
            Self::Open(text) => Self::Open(format!("{prefix}{text}")),
        }
    }

    /// The text, as a secret or with its placeholder.
    #[must_use]
    pub fn into_text(self) -> String {
        let (Self::Known(text) | Self::Plain(text) | Self::Base64(text) | Self::Placeholder(text) | Self::Open(text)) = self;
        text
    }

    /// The bytes of which the text is the base64, whatever breaks its lines.
    #[must_use]
    pub fn in_base64(self) -> Self {
        match self {
            Self::Known(text) => Self::Base64(text.split_whitespace().collect()),
            other => other,
        }
    }

    /// Whether it is or has a placeholder.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Placeholder(_) | Self::Open(_))
    }

    /// The text as the manifest has it: base64, but for placeholders.
    #[must_use]
    pub fn written(&self) -> String {
        match self {
            Self::Known(text) | Self::Plain(text) => BASE64_STANDARD.encode(text),
            Self::Base64(text) | Self::Placeholder(text) | Self::Open(text) => text.clone(),
        }
    }
}

impl fmt::Debug for SecretData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

/// The keys of a Secret with their values. Templates see `data`, `stringData` and `secrecy`.
#[derive(Clone, Debug, Default)]
pub struct SecretKeys(pub IndexMap<&'static str, SecretData>);

impl SecretKeys {
    /// Whether it holds what is secret, or a placeholder in its place.
    #[must_use]
    pub fn secrecy(&self) -> Secrecy {
        if self.0.values().all(|data| matches!(data, SecretData::Plain(_))) {
            Secrecy::None
        } else if self.0.values().any(SecretData::is_open) {
            Secrecy::Placeholder
        } else {
            Secrecy::Real
        }
    }
}

impl Serialize for SecretKeys {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let some = |open: bool| -> IndexMap<&str, String> {
            let entries = self.0.iter().filter(|(_, data)| matches!(data, SecretData::Open(_)) == open);
            entries.map(|(key, data)| (*key, data.written())).collect()
        };
        let mut keys = serializer.serialize_struct("SecretKeys", 3)?;
        keys.serialize_field("data", &some(false))?;
        keys.serialize_field("stringData", &some(true))?;
        keys.serialize_field("secrecy", &self.secrecy())?;
        keys.end()
    }
}
