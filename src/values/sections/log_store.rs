//! Elasticsearch and OpenSearch, as the place of the logs of tasks.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{Annotations, DnsSubdomain, Line, Optional, SecretValue};

/// Elasticsearch or OpenSearch, as the place of the logs of tasks.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct LogStore {
    /// Whether logs are read from there. Not supported yet.
    pub enabled: bool,
    /// The name of a Secret that exists and holds the address as `connection`.
    pub secret_name: Optional<DnsSubdomain>,
    /// The parts of the address.
    pub connection: LogStoreConnection,
    /// Annotations of the Secret with the address.
    pub secret_annotations: Annotations,
}

impl LogStore {
    /// Whether it is asked for.
    #[must_use]
    pub fn is_asked_for(&self) -> bool {
        self.enabled
    }
}

/// The address of Elasticsearch or OpenSearch.
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
