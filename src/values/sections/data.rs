//! The databases, and Celery's broker.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use crate::schema::FREE;
use crate::values::{
    Annotations, CloudSqlInstance, DataKey, DatabaseName, DnsSubdomain, Host, Image, Line, Optional, Ordered, Password, Resources,
    SecretValue, SslMode,
};

/// The metadata database, the database of Celery's results, and Celery's broker.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Data {
    /// The name of an existing Secret that holds the connection URI under the key `connection`, instead of
    /// `metadataConnection`.
    #[schemars(extend("writeOnly" = true))]
    pub metadata_secret_name: Optional<DnsSubdomain>,
    /// The name of an existing Secret that holds the URI of Celery's results under the key `connection`. Default: the
    /// metadata database's.
    #[schemars(extend("writeOnly" = true))]
    pub result_backend_secret_name: Optional<DnsSubdomain>,
    /// The name of an existing Secret that holds the URI of Celery's broker under the key `connection`.
    #[schemars(extend("writeOnly" = true))]
    pub broker_url_secret_name: Optional<DnsSubdomain>,
    /// The connection to the metadata database.
    pub metadata_connection: Connection,
    /// The connection to the database of Celery's results. Default: the metadata database's.
    pub result_backend_connection: Option<Connection>,
    /// Annotations of the Secret with the connection of Celery's results. Default: none.
    pub result_backend_connection_secret_annotations: Annotations,
    /// The URI of Celery's broker, such as `redis://:password@host:6379/0`. Default: that of the bundled Redis.
    pub broker_url: Option<SecretValue>,
    /// Annotations of the Secret with the broker's URI. Default: none.
    pub broker_url_secret_annotations: Annotations,
    /// The Cloud SQL Auth Proxy, a sidecar of each pod that uses the metadata database. The chart does not have this key.
    pub cloud_sql_proxy: CloudSqlProxy,
}

/// The Cloud SQL Auth Proxy: a sidecar (Kubernetes 1.29 and later) through which the other containers reach the database at
/// `127.0.0.1`.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct CloudSqlProxy {
    /// Whether the proxy runs. Default: `false`.
    pub enabled: bool,
    /// The instance, as `project:region:instance`.
    pub instance: Option<CloudSqlInstance>,
    /// Whether the proxy connects to the private IP address of the instance. Default: `false`.
    pub private_ip: bool,
    /// Whether the pods' service account logs in to the database, without a password (IAM database authentication).
    /// Default: `false`.
    pub auto_iam_authn: bool,
    /// Its image. Default: the newest of the second generation when this edition was made.
    pub image: Image,
    /// More options of the proxy. Default: none.
    pub args: Vec<Line>,
    /// Resources of the container. Default: none.
    pub resources: Resources,
}

/// The parts of the connection URI. Write user and password as they are; gen percent-encodes them in the URI.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Connection {
    /// A text that goes into the Secret as it is, for output that is committed and filled in later. It is used instead of
    /// the connection if `host` is not given. The chart does not have this key.
    pub placeholder: Option<Password>,
    /// The kind of database. Default: `postgresql`.
    pub protocol: Option<Protocol>,
    /// The user; for Azure's single servers with the server's name, as in `lena@airflowazuredb`.
    #[schemars(extend("x-verbatim" = true))]
    pub user: Option<String>,
    /// The user's password.
    pub pass: Option<SecretValue>,
    /// The host. Default: that of `cloudSqlProxy`, or the bundled PostgreSQL.
    #[schemars(extend("writeOnly" = true))]
    pub host: Optional<Host>,
    /// The port. Default: 5432; for MySQL, 3306.
    #[schemars(range(min = 1, max = 65535))]
    pub port: Option<u16>,
    /// The database's name. Default: `postgres`; of `resultBackendConnection`, none.
    pub db: DatabaseName,
    /// How the connection is secured (libpq: `sslmode`). With `verify-ca` and `verify-full`, Airflow's asynchronous sessions
    /// (3.1 and later) read the authorities from the file that the variable `PGSSLROOTCERT` names, and not from
    /// `query.sslrootcert`. Default: `disable`; of edition 1.10 and of `resultBackendConnection` not said, which is libpq's
    /// `prefer`.
    pub sslmode: Optional<SslMode>,
    /// More parameters of the connection, such as `connect_timeout: "10"`. Default: none. The chart does not have this key.
    pub query: Parameters,
    /// The name of an existing Secret that holds only the password, instead of `pass`: the pods build the URI. Default:
    /// none. The chart does not have this key.
    #[schemars(extend("writeOnly" = true))]
    pub pass_secret_name: Optional<DnsSubdomain>,
    /// The key under which that Secret holds the password. Default: `password`. The chart does not have this key.
    pub pass_secret_key: Option<DataKey>,
    /// Annotations of the Secret with the connection. Default: none.
    pub secret_annotations: Annotations,
}

impl Data {
    /// Whether the user has a metadata database, besides the one that is bundled.
    #[must_use]
    pub fn has_own_database(&self) -> bool {
        self.metadata_connection.host.is_some() || self.metadata_secret_name.is_some() || self.cloud_sql_proxy.enabled
    }

    /// Whether the values give Celery's broker.
    #[must_use]
    pub fn gives_broker(&self) -> bool {
        self.broker_url_secret_name.is_some() || self.broker_url.as_ref().is_some_and(|url| !url.is_empty())
    }

    /// The existing Secret that is used, if one is given.
    #[must_use]
    pub fn existing_secret(&self) -> Option<&str> {
        self.metadata_secret_name.as_deref()
    }
}

impl Connection {
    /// The kind of database; PostgreSQL, if none is given.
    #[must_use]
    pub fn protocol(&self) -> Protocol {
        self.protocol.unwrap_or_default()
    }

    /// The port of the database.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port.unwrap_or(self.protocol().usual_port())
    }

    /// How the connection is secured, if anything is said (libpq: `sslmode`).
    #[must_use]
    pub fn mode(&self) -> Option<&str> {
        let among_query = self.query.0.iter().find(|(name, _)| *name == "sslmode").map(|(_, mode)| &**mode);
        among_query.or(self.sslmode.as_deref()).filter(|_| self.protocol().is_postgresql())
    }

    /// How the server's certificate is checked against authorities, if it is (libpq: `sslmode`).
    #[must_use]
    pub fn verifies(&self) -> Option<&str> {
        self.mode().filter(|mode| matches!(*mode, "verify-ca" | "verify-full"))
    }

    /// The placeholder, if no host is given.
    #[must_use]
    pub fn open_placeholder(&self) -> Option<&str> {
        self.placeholder.as_deref().filter(|text| !text.is_empty() && self.host.is_none())
    }
}

/// More parameters of a connection, by their names.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(transparent)]
pub struct Parameters(pub Ordered<Line>);

impl JsonSchema for Parameters {
    fn schema_name() -> Cow<'static, str> {
        "Parameters".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        // Passwords may stand among them.
        let mut value = <Line as JsonSchema>::json_schema(generator);
        value.insert("writeOnly".to_owned(), true.into());
        value.insert(FREE.to_owned(), true.into());
        json_schema!({"type": "object", "propertyNames": generator.subschema_for::<Line>(), "additionalProperties": value})
    }
}

/// A kind of database.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Protocol {
    /// PostgreSQL, through SQLAlchemy's driver for it.
    #[default]
    Postgresql,
    /// PostgreSQL, through psycopg2 by name.
    #[serde(rename = "postgresql+psycopg2")]
    Psycopg2,
    /// MySQL, through SQLAlchemy's driver for it.
    Mysql,
    /// MySQL, through mysqlclient by name.
    #[serde(rename = "mysql+mysqldb")]
    Mysqldb,
    /// SQLite, which only the former `SequentialExecutor` supports.
    Sqlite,
}

impl Protocol {
    /// The port that servers of this kind listen on unless they are told otherwise.
    #[must_use]
    pub fn usual_port(self) -> u16 {
        if self.is_mysql() { 3306 } else { 5432 }
    }

    /// Whether it is MySQL, by whatever driver.
    #[must_use]
    pub fn is_mysql(self) -> bool {
        matches!(self, Self::Mysql | Self::Mysqldb)
    }

    /// Whether it is PostgreSQL, by whatever driver.
    #[must_use]
    pub fn is_postgresql(self) -> bool {
        matches!(self, Self::Postgresql | Self::Psycopg2)
    }
}
