//! The Secrets: what is in those that are made, and the names of those that have to exist.

use std::fmt;

use serde::Serialize;

use super::labels::Labelling;
use super::name::Names;
use crate::model::connection::{self, AIRFLOW_CONNECTION, Reader};
use crate::model::external::External;
use crate::model::labels::Labels;
use crate::model::secret_data::{SecretData, SecretKeys};
use crate::model::volume;
use crate::values::Values;

/// A Secret that pods refer to.
#[derive(Clone, Serialize)]
pub struct Secret {
    pub name: String,
    pub namespace: Option<String>,
    /// The key that pods read.
    pub key: &'static str,
    /// Whether it is among the manifests; if not, it has to exist.
    pub create: bool,
    pub labels: Labels,
    #[serde(flatten)]
    pub keys: SecretKeys,
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Secret").field("name", &self.name).finish_non_exhaustive()
    }
}

impl Secret {
    /// The Secret as one that others provide, if it is.
    pub(super) fn external(&self) -> Option<External> {
        (!self.create).then(|| External::object("Secret", self.name.clone()))
    }
}

pub(super) fn fernet_key(values: &Values, names: &Names, labels: &Labelling) -> Secret {
    let existing = values.keys.existing_fernet_key_secret();
    let key = values.keys.fernet_key.as_ref().and_then(SecretData::of);
    let keys = SecretKeys(key.into_iter().map(|key| ("fernet-key", key)).collect());
    Secret {
        name: existing.map_or_else(|| names.of("fernet-key"), str::to_owned),
        namespace: None,
        key: "fernet-key",
        create: existing.is_none() && !keys.0.is_empty(),
        labels: labels.of_secret(),
        keys,
    }
}

pub(super) fn metadata(values: &Values, names: &Names, labels: &Labelling) -> Secret {
    let existing = values.data.existing_secret();
    let connection = &values.data.metadata_connection;
    let uri = connection::uri(Reader::Sqlalchemy, connection);
    // A placeholder stands for both.
    let own = connection::uri(Reader::Airflow, connection).map(|uri| (AIRFLOW_CONNECTION, uri));
    let uri = uri.or_else(|| connection.open_placeholder().map(|text| SecretData::Placeholder(text.to_owned())));
    let keys = SecretKeys(uri.into_iter().map(|uri| ("connection", uri)).chain(own).collect());
    Secret {
        name: existing.map_or_else(|| names.of("airflow-metadata"), str::to_owned),
        namespace: None,
        key: "connection",
        create: existing.is_none() && !keys.0.is_empty(),
        labels: labels.of_secret(),
        keys,
    }
}

/// The Secrets with the keys of storage accounts, each once.
pub(super) fn storage(values: &Values, labels: &Labelling) -> Vec<Secret> {
    let mut secrets: Vec<Secret> = Vec::new();
    for (_, share) in volume::shares_with_key(values) {
        let Some(keys) = volume::account_keys(share) else { continue };
        let name = share.secret().to_owned();
        let namespace = Some(volume::secret_namespace(share, values, super::name::namespace(values)));
        if secrets.iter().any(|secret| secret.name == name && secret.namespace == namespace) {
            continue; // checks/storage.rs sees to it that both are the same
        }
        secrets.push(Secret { name, namespace, key: volume::ACCOUNT_KEY, create: true, labels: labels.of_secret(), keys });
    }
    secrets
}
