//! How Secrets are made: of the values, of a store, or not at all.

use indexmap::IndexMap;

use super::{Secret, Source};
use crate::model::current::names::Names;
use crate::model::secret_data::{SecretData, SecretKeys};
use crate::values::{RemoteKey, SecretValue, Values};

/// What the Secrets of one release are made with.
pub struct Maker<'v> {
    pub values: &'v Values,
    pub names: &'v Names,
}

impl Maker<'_> {
    /// A Secret with one key, made of a value if there is one; else nobody refers to it yet.
    pub fn secret(&self, values_key: &str, base: &str, key: &'static str, data: Option<SecretData>) -> Secret {
        let keys = data.map(|data| SecretKeys(IndexMap::from([(key, data)])));
        self.with_keys(values_key, base, key, keys)
    }

    pub fn with_keys(&self, values_key: &str, base: &str, key: &'static str, keys: Option<SecretKeys>) -> Secret {
        let store = self.values.secrets.external_secrets.as_ref();
        let name = self.names.of(base);
        let said = store.and_then(|store| store.keys.get(values_key)).cloned();
        // A store that is asked for this very secret has precedence over a value, which then is a default.
        let is_given = keys.is_some();
        let source = match (said, keys) {
            (Some(remote), _) => Source::Store(remote),
            (None, Some(keys)) => Source::Values(keys),
            (None, None) if store.is_some() => Source::Store(RemoteKey::Name(name.as_str().into())),
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
            wanted: false,
            fresh: None,
        }
    }

    /// Whether a store is asked for this very secret.
    pub fn is_asked(&self, values_key: &str) -> bool {
        self.values.secrets.external_secrets.as_ref().is_some_and(|store| store.keys.contains_key(values_key))
    }
}

/// The data that is a secret by itself, if it is given.
pub fn of(value: Option<&SecretValue>) -> Option<SecretData> {
    value.and_then(SecretData::of)
}
