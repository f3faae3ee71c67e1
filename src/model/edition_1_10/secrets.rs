//! The Secrets: what is in those that are made, and the names of those that have to exist.

use std::fmt;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use indexmap::IndexMap;
use serde::Serialize;

use super::labels::Labelling;
use super::name::Names;
use super::{connection, storage};
use crate::model::External;
use crate::model::labels::Labels;
use crate::values::{SecretValue, Values};

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
    pub data: IndexMap<&'static str, String>,
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Secret").field("name", &self.name).finish_non_exhaustive()
    }
}

impl Secret {
    /// The Secret as one that others provide, if it is.
    pub(super) fn external(&self) -> Option<External> {
        (!self.create).then(|| External { kind: "Secret", name: self.name.clone() })
    }
}

/// The value of a key in a Secret's `data`: base64, but for placeholders, which stay as they are.
fn encoded(secret: &SecretValue) -> String {
    match secret {
        SecretValue::Text(text) => BASE64_STANDARD.encode(&**text),
        SecretValue::Placeholder(placeholder) => placeholder.placeholder.to_string(),
    }
}

pub(super) fn fernet_key(values: &Values, names: &Names, labels: &Labelling) -> Secret {
    let existing = values.existing_fernet_key_secret();
    let data: IndexMap<_, _> = values.fernet_key.iter().map(|key| ("fernet-key", encoded(key))).collect();
    Secret {
        name: existing.map_or_else(|| names.of("fernet-key"), str::to_owned),
        namespace: None,
        key: "fernet-key",
        create: existing.is_none() && !data.is_empty(),
        labels: labels.of_secret(),
        data,
    }
}

pub(super) fn metadata(values: &Values, names: &Names, labels: &Labelling) -> Secret {
    let existing = values.data.existing_secret();
    let connection = &values.data.metadata_connection;
    let uri = connection::with_scheme("postgresql+psycopg2", connection)
        .map(|uri| BASE64_STANDARD.encode(uri))
        .or_else(|| connection.open_placeholder().map(str::to_owned));
    let data: IndexMap<_, _> = uri.into_iter().map(|uri| ("connection", uri)).collect();
    Secret {
        name: existing.map_or_else(|| names.of("airflow-metadata"), str::to_owned),
        namespace: None,
        key: "connection",
        create: existing.is_none() && !data.is_empty(),
        labels: labels.of_secret(),
        data,
    }
}

/// The Secrets with the keys of storage accounts, each once.
pub(super) fn storage(values: &Values, labels: &Labelling) -> Vec<Secret> {
    let mut secrets: Vec<Secret> = Vec::new();
    for share in storage::shares(values) {
        let Some(key) = &share.storage_account_key else { continue };
        let (name, namespace) = (share.secret_name.to_string(), Some(share.secret_namespace.to_string()));
        if secrets.iter().any(|secret| secret.name == name && secret.namespace == namespace) {
            continue; // checks/storage.rs sees to it that both are the same
        }
        let data = IndexMap::from([
            ("azurestorageaccountname", BASE64_STANDARD.encode(&*share.storage_account)),
            ("azurestorageaccountkey", encoded(key)),
        ]);
        secrets.push(Secret { name, namespace, key: "azurestorageaccountkey", create: true, labels: labels.of_secret(), data });
    }
    secrets
}
