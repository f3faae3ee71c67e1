//! The placeholders that are left in the Secrets.

use super::secret_data::{SecretData, SecretKeys};

/// A placeholder in a Secret of the set.
#[derive(Clone, Debug)]
pub struct Placeholder {
    /// The key of the values that it stands for.
    pub key: String,
    /// The text, as the manifest has it.
    pub data: SecretData,
}

/// The placeholder among the keys of one Secret, which `key` of the values gives.
#[must_use]
pub fn of(key: &str, keys: &SecretKeys) -> Option<Placeholder> {
    let data = keys.0.values().find(|data| data.is_open())?.clone();
    // A connection as a whole, or its password.
    let key = match &data {
        SecretData::Open(_) if key.ends_with("Connection") => format!("{key}.pass"),
        _ => key.to_owned(),
    };
    Some(Placeholder { key, data })
}
