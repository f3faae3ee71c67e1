//! A PostgreSQL to try Airflow out with.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::values::{Component, DnsSubdomain, Image, Line, Optional, Quantity, Resources, SecretValue, Values};

/// A PostgreSQL to try Airflow out with: one pod, without backups. Not for production.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Postgresql {
    /// Whether it runs. Default: `true`.
    pub enabled: bool,
    /// Its image. Default: the official `postgres`.
    pub image: Image,
    /// Who may log in.
    pub auth: PostgresqlAuth,
    /// Resources of the container. Default: none said. The chart does not have this key here.
    pub resources: Resources,
    /// The volume of the database. The chart does not have this key here.
    pub persistence: PostgresqlPersistence,
}

/// Who may log in.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct PostgresqlAuth {
    /// Whether the superuser `postgres` has a password of its own. Default: `true`.
    pub enable_postgres_user: bool,
    /// The password of `postgres`. Default: `postgres`.
    pub postgres_password: Option<SecretValue>,
    /// Another user, who owns the database. Default: none.
    pub username: Optional<Line>,
    /// That user's password.
    pub password: Option<SecretValue>,
    /// The database. Default: `data.metadataConnection.db`.
    pub database: Optional<Line>,
}

/// The volume of the database.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct PostgresqlPersistence {
    /// The volume's size. Default: `8Gi`.
    pub size: Option<Quantity>,
    /// The storage class that makes the volume. Default: the cluster's.
    pub storage_class_name: Option<DnsSubdomain>,
}

impl Component for Postgresql {
    fn name(&self) -> &'static str {
        "postgresql"
    }

    fn values(&self) -> Value {
        crate::values::component::as_template_sees(self)
    }

    fn enabled(&self, _: &Values) -> bool {
        self.enabled
    }
}
