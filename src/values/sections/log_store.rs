//! Elasticsearch and OpenSearch, as stores of task logs.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{Annotations, DnsSubdomain, Line, Optional, SecretValue, UrlHost, UrlScheme, Values};

/// Elasticsearch or OpenSearch, as the store of task logs. Something else, such as Fluent Bit, brings them there.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct LogStore {
    /// Whether task logs are read from it. Default: `false`.
    pub enabled: bool,
    /// The name of an existing Secret that holds the address under the key `connection`, such as
    /// `https://user:password@logs.example.com:9200`. Of OpenSearch Airflow reads user, password and port
    /// elsewhere: give it `[opensearch] username`, `password` and `port` besides.
    #[schemars(extend("writeOnly" = true))]
    pub secret_name: Optional<DnsSubdomain>,
    /// The parts of the address.
    pub connection: LogStoreConnection,
    /// Annotations of the Secret with the address. Default: none.
    pub secret_annotations: Annotations,
}

/// The parts of the address of Elasticsearch or OpenSearch. Write user and password as they are; gen percent-encodes them.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct LogStoreConnection {
    /// `http` or `https`. Default: `http`.
    pub scheme: Optional<UrlScheme>,
    /// The user. Default: nobody logs in.
    #[schemars(extend("x-verbatim" = true))]
    pub user: Optional<Line>,
    /// The user's password.
    pub pass: Option<SecretValue>,
    /// The host.
    pub host: Optional<UrlHost>,
    /// The port. Default: 9200.
    #[schemars(range(min = 1, max = 65535))]
    pub port: Option<u16>,
}

impl LogStore {
    /// Whether the values say anything of the address.
    #[must_use]
    pub fn says_address(&self) -> bool {
        let LogStoreConnection { scheme, user, pass, host, port } = &self.connection;
        scheme.is_some() || user.is_some() || pass.is_some() || host.is_some() || port.is_some()
    }
}

impl LogStoreConnection {
    /// The port of the store.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port.unwrap_or(9200)
    }
}

impl Values {
    /// The stores of task logs, by their keys.
    #[must_use]
    pub fn log_stores(&self) -> [(&'static str, &LogStore); 2] {
        [("elasticsearch", &self.elasticsearch), ("opensearch", &self.opensearch)]
    }
}
