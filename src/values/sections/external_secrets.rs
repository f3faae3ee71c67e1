//! Secrets from a store, by way of the External Secrets Operator.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{Duration, Line, ObjectName, Ordered};

/// Where Secrets come from that the values do not give.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct SecretSettings {
    /// Makes the Secrets of what is in a store: instead of being asked for, each is an ExternalSecret
    /// (`external-secrets.io/v1`). Default: none.
    pub external_secrets: Option<ExternalSecrets>,
}

/// How the External Secrets Operator makes Secrets of what is in a store.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExternalSecrets {
    /// The store: the name of a SecretStore, or `{name, kind}`.
    pub store: SecretStore,
    /// How often the store is asked. Default: `1h`.
    #[serde(default = "ExternalSecrets::default_interval")]
    pub refresh_interval: Duration,
    /// Where in the store each secret is, by the key of the values that it stands for, such as `fernetKey` or
    /// `data.metadataConnection.pass`. Default: under the name of the Secret that it makes.
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
    /// One of the namespace.
    #[default]
    SecretStore,
    /// One of the cluster.
    ClusterSecretStore,
}

/// Where a secret is in its store: the entry's name, alone or with the part of it that is meant.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum RemoteKey {
    /// The whole of an entry.
    Name(Line),
    /// A part of an entry, or a certain version.
    Reference(RemoteReference),
}

/// A part of a store's entry.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
pub struct RemoteReference {
    /// The entry's name.
    pub key: Line,
    /// The part of it that is meant, for entries with several. Default: the whole.
    pub property: Option<Line>,
    /// The entry's version. Default: the newest.
    pub version: Option<Line>,
}
