//! How Secrets are made: of the values, of a store, or not at all.

use indexmap::IndexMap;

use crate::kubernetes::Secrecy;
use crate::model::current::names::Names;
use crate::model::current::secret::{Secret, Source};
use crate::model::secret_data::{SecretData, SecretKeys};
use crate::values::{RemoteKey, SecretGroup, SecretValue, Values};

/// What the Secrets of one release are made with.
pub struct Maker<'v> {
    pub values: &'v Values,
    pub names: &'v Names,
}

impl Maker<'_> {
    /// A Secret with one key, made of a value if there is one; else nobody refers to it yet.
    pub fn secret(&self, values_key: &str, base: &str, key: &'static str, data: Option<SecretData>) -> Secret {
        let keys = data.map(|data| keys(key, data));
        self.with_keys(values_key, self.names.of(base), key, keys)
    }

    /// A Secret by its whole name, which a store has it under unless the user says another. With a placeholder in it, it has
    /// to exist: what is not the real Secret is not among the manifests.
    pub fn with_keys(&self, values_key: &str, name: String, key: &'static str, keys: Option<SecretKeys>) -> Secret {
        // A store that is asked for this very secret has precedence over a value, which then is a default.
        let is_given = keys.is_some();
        let is_open = keys.as_ref().is_some_and(|keys| keys.secrecy() == Secrecy::Placeholder);
        let keys = keys.filter(|_| !is_open);
        let source = match (self.asked(values_key), keys) {
            (Some(remote), _) => Source::Store(remote),
            (None, Some(keys)) => Source::Values(keys),
            (None, None) if self.values.secrets.external_secrets.is_some() => Source::Store(RemoteKey::Name(name.as_str().into())),
            (None, None) => Source::Missing,
        };
        Secret {
            values_key: values_key.to_owned(),
            name,
            namespace: None,
            key: key.to_owned(),
            stored_keys: vec![key],
            plain_keys: Vec::new(),
            derived_keys: Vec::new(),
            source,
            is_given,
            is_open,
            wanted: false,
            fresh: None,
            group: SecretGroup::Keys,
            restarts: None,
        }
    }

    /// Where a store has this very secret, if it is asked for it.
    pub fn asked(&self, values_key: &str) -> Option<RemoteKey> {
        self.values.secrets.external_secrets.as_ref()?.keys.get(values_key).cloned()
    }
}

/// The keys of a Secret that has one alone.
pub fn keys(key: &'static str, data: SecretData) -> SecretKeys {
    SecretKeys(IndexMap::from([(key, data)]))
}

/// The data that is a secret by itself, if it is given.
pub fn of(value: Option<&SecretValue>) -> Option<SecretData> {
    value.and_then(SecretData::of)
}
