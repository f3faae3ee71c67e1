//! Elasticsearch and OpenSearch, as stores of task logs.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{Annotations, DnsSubdomain, Line, Optional, SecretValue};

/// Elasticsearch or OpenSearch, as the store of task logs.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct LogStore {
    /// Whether task logs are read from it. Not supported yet.
    pub enabled: bool,
    /// The name of an existing Secret that holds the address under the key `connection`.
    pub secret_name: Optional<DnsSubdomain>,
    /// The parts of the connection URL.
    pub connection: LogStoreConnection,
    /// Annotations of the Secret with the address.
    pub secret_annotations: Annotations,
}

impl LogStore {
    /// Whether the values ask for it.
    #[must_use]
    pub fn is_asked_for(&self) -> bool {
        self.enabled
    }
}

/// The parts of the connection URL of Elasticsearch or OpenSearch.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct LogStoreConnection {
    /// `http` or `https`.
    pub scheme: Optional<Line>,
    /// The user.
    pub user: Optional<Line>,
    /// The user's password.
    pub pass: Option<SecretValue>,
    /// The host.
    pub host: Optional<Line>,
    /// The port.
    pub port: Option<u16>,
}
