//! The metadata database.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{DatabaseName, DnsSubdomain, Host, Line, Password};

/// Where Airflow keeps what it knows.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Data {
    /// The name of a Secret that exists and holds the connection URI as `connection`, in the place of
    /// `metadataConnection`.
    #[schemars(extend("writeOnly" = true))]
    pub metadata_secret_name: Option<DnsSubdomain>,
    /// The connection to the metadata database.
    pub metadata_connection: MetadataConnection,
}

/// The parts of the connection URI. User and password are given plain; they are percent-encoded in the URI.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct MetadataConnection {
    /// A text that goes into the Secret as it is, for output that is committed and filled in later: in the place of
    /// the connection for as long as `host` is not given. The chart does not have this key.
    pub placeholder: Option<Password>,
    /// The kind of database. Default: `postgresql`.
    pub protocol: Protocol,
    /// The user; for Azure's single servers with the server's name, as in `lena@airflowazuredb`.
    pub user: Option<String>,
    /// The user's password.
    pub pass: Option<Password>,
    /// The host.
    #[schemars(extend("writeOnly" = true))]
    pub host: Option<Host>,
    /// The port. Default: 5432.
    #[schemars(range(min = 1, max = 65535))]
    pub port: u16,
    /// The database's name. Default: `postgres`.
    pub db: DatabaseName,
    /// How the connection is secured (libpq: `sslmode`). Default of edition 1.10: not said, which is libpq's `prefer`.
    pub sslmode: Option<Line>,
}

impl Data {
    /// The Secret that exists, in the place of one that is made.
    #[must_use]
    pub fn existing_secret(&self) -> Option<&str> {
        self.metadata_secret_name.as_ref()?.given()
    }
}

impl MetadataConnection {
    /// The placeholder, while no host takes its place.
    #[must_use]
    pub fn open_placeholder(&self) -> Option<&str> {
        let host = self.host.as_ref().and_then(|host| host.given());
        self.placeholder.as_deref().filter(|text| !text.is_empty() && host.is_none())
    }
}

impl Default for MetadataConnection {
    fn default() -> Self {
        Self {
            placeholder: None,
            protocol: Protocol::Postgresql,
            user: None,
            pass: None,
            host: None,
            port: 5432,
            db: "postgres".into(),
            sslmode: None,
        }
    }
}

/// A kind of database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Protocol {
    /// PostgreSQL, through psycopg2.
    Postgresql,
}
