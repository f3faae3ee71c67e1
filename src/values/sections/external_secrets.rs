//! Secrets from a store, through the External Secrets Operator.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{Duration, Line, ObjectName, Ordered};

/// The source of Secrets that the values do not give.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct SecretSettings {
    /// Takes Secrets from a store: each Secret that the values do not give is written as an ExternalSecret
    /// (`external-secrets.io/v1`). Default: none.
    pub external_secrets: Option<ExternalSecrets>,
}

/// How the External Secrets Operator makes Secrets from the entries of a store.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExternalSecrets {
    /// The store: the name of a SecretStore, or `{name, kind}`.
    pub store: SecretStore,
    /// How often the store is read again (`refreshInterval`). Default: `1h`.
    #[serde(default = "ExternalSecrets::default_interval")]
    pub refresh_interval: Duration,
    /// The store's entry for each secret, by its values key, such as `fernetKey` or `data.metadataConnection.pass`.
    /// Default: the entry has the name of the Secret.
    #[serde(default)]
    pub keys: Ordered<RemoteKey>,
}

impl ExternalSecrets {
    fn default_interval() -> Duration {
        "1h".into()
    }
}

/// A store of secrets: its name, alone or with its kind.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum SecretStore {
    /// The name of a SecretStore.
    Name(ObjectName),
    /// The name and the kind.
    Reference(StoreReference),
}

/// A store of secrets by name and kind.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
pub struct StoreReference {
    /// The store's name.
    pub name: ObjectName,
    /// The store's kind. Default: `SecretStore`.
    #[serde(default)]
    pub kind: StoreKind,
}

/// The kinds of stores.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub enum StoreKind {
    /// A store of the namespace.
    #[default]
    SecretStore,
    /// A store of the whole cluster.
    ClusterSecretStore,
}

/// A store's entry: its name, or a map with its name, part and version.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum RemoteKey {
    /// A whole entry.
    Name(Line),
    /// A part or a version of an entry.
    Reference(RemoteReference),
}

/// A part or a version of a store's entry.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
pub struct RemoteReference {
    /// The entry's name.
    pub key: Line,
    /// The part of the entry (`property`), for entries with several. Default: the whole entry.
    pub property: Option<Line>,
    /// The entry's version. Default: the newest.
    pub version: Option<Line>,
}
