//! The placeholders that are left in the Secrets.

use super::missing::Missing;
use super::secret_data::{SecretData, SecretKeys};

/// A placeholder in a Secret of the set.
#[derive(Clone, Debug)]
pub struct Placeholder {
    /// The key of the values that it stands for.
    pub key: String,
    /// The text, as the manifest has it.
    pub data: SecretData,
    /// The Secret, as one that has to exist instead.
    pub secret: Missing,
}

/// The placeholder among the keys of a Secret, which would have to exist without it.
#[must_use]
pub fn of(secret: Missing, keys: &SecretKeys) -> Option<Placeholder> {
    let data = keys.0.values().find(|data| data.is_open())?.clone();
    // A connection as a whole, or its password.
    let key = match &data {
        SecretData::Open(_) if secret.key.ends_with("Connection") => format!("{}.pass", secret.key),
        _ => secret.key.clone(),
    };
    Some(Placeholder { key, data, secret })
}
