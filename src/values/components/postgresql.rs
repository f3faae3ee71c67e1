//! A bundled PostgreSQL, to try Airflow.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{
    Annotations, Component, Delivery, DnsSubdomain, Endpoint, Image, ImageKeys, Line, Optional, OwnSecret, Purpose, Quantity, Resources,
    Scheduling, SecretForm, SecretGroup, SecretValue, Values, WriteMode,
};

/// A bundled PostgreSQL, to try Airflow: one pod, without backups. Not for production.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Postgresql {
    /// Whether it runs. Default: `true`.
    pub enabled: bool,
    /// Its image. Default: the official `postgres`.
    pub image: Image,
    /// Users, passwords and the database.
    pub auth: PostgresqlAuth,
    /// Resources of the container. Default: none. The chart does not have this key here.
    pub resources: Resources,
    /// The volume of the database. The chart does not have this key here.
    pub persistence: PostgresqlPersistence,
    /// Placement of its pod. The chart does not have these keys here.
    #[serde(flatten)]
    pub scheduling: Scheduling,
    /// Seconds that the pod has to stop before it is killed. Default: Kubernetes' 30. The chart does not have this key here.
    pub termination_grace_period_seconds: Option<u32>,
}

/// Users, passwords and the database.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct PostgresqlAuth {
    /// Whether the superuser `postgres` has a password of its own. Default: `true`.
    pub enable_postgres_user: bool,
    /// The password of `postgres`. Default: `postgres`.
    pub postgres_password: Option<SecretValue>,
    /// Another user, which owns the database. Default: none.
    pub username: Optional<Line>,
    /// That user's password.
    pub password: Option<SecretValue>,
    /// The database's name. Default: `data.metadataConnection.db`.
    pub database: Optional<Line>,
}

/// The volume of the database.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct PostgresqlPersistence {
    /// The volume's size. Default: `8Gi`.
    pub size: Option<Quantity>,
    /// Which pods may mount the volume at the same time. It cannot be changed in a StatefulSet that is there. Default:
    /// `ReadWriteOnce`.
    #[schemars(with = "WriteMode")]
    pub access_mode: Option<WriteMode>,
    /// The storage class that provisions the volume. Default: the cluster's.
    pub storage_class_name: Option<DnsSubdomain>,
}

/// The user that a database begins with.
const SUPERUSER: &str = "postgres";

impl Postgresql {
    /// The port that it listens on.
    pub const PORT: u16 = 5432;

    /// Whether it is the metadata database.
    #[must_use]
    pub fn is_used(&self, values: &Values) -> bool {
        let data = &values.data;
        self.enabled && !data.has_own_database() && data.metadata_connection.open_placeholder().is_none()
    }

    /// Whether a host is its Service, by any of the names that pods of the namespace know it by.
    #[must_use]
    pub fn is_at(&self, host: &str, values: &Values) -> bool {
        let (name, domain) = host.split_once('.').unwrap_or((host, ""));
        let (namespace, zone) = domain.split_once('.').unwrap_or((domain, ""));
        let release = values.release_name.as_deref().unwrap_or("airflow");
        let is_here = namespace.is_empty() || namespace == values.namespace.as_deref().unwrap_or("default");
        self.enabled
            && name.strip_prefix(release).and_then(|rest| rest.strip_prefix('-')) == Some(self.object_name())
            && is_here
            && ["", "svc", "svc.cluster.local"].contains(&zone.trim_end_matches('.'))
    }

    /// The user that owns the database. The image creates one user when it initialises the database: `username`, or the
    /// superuser; and the superuser, if Airflow connects as that one: Bitnami's image would have created both.
    #[must_use]
    pub fn user(&self, values: &Values) -> &str {
        let connects = values.data.metadata_connection.user.as_deref();
        let user = self.auth.username.as_deref().unwrap_or(SUPERUSER);
        if self.auth.enable_postgres_user && self.is_used(values) && connects == Some(SUPERUSER) { SUPERUSER } else { user }
    }

    /// That user's password, and the values key that gives it.
    #[must_use]
    pub fn password(&self, values: &Values) -> (&'static str, Option<&SecretValue>) {
        match self.user(values) {
            SUPERUSER => ("postgresql.auth.postgresPassword", self.auth.postgres_password.as_ref()),
            _ => ("postgresql.auth.password", self.auth.password.as_ref()),
        }
    }

    /// Whether the pods of Airflow read the server's own Secret: the connection has no password.
    #[must_use]
    pub fn shares_password(&self, values: &Values) -> bool {
        let pass = values.data.metadata_connection.pass.as_ref();
        self.is_used(values) && values.delivery != Delivery::Helm && pass.is_none_or(SecretValue::is_empty)
    }

    /// The annotations of its objects.
    #[must_use]
    pub fn annotations(&self, values: &Values) -> Annotations {
        let why = ("airflow-gen/not-for-production", "one pod without backups, for trying Airflow out");
        // The migration needs it.
        let wave = (values.delivery == Delivery::Argocd).then_some(("argocd.argoproj.io/sync-wave", "-2"));
        Annotations([why].into_iter().chain(wave).map(|(key, value)| (key.to_owned(), value.to_owned())).collect())
    }
}

impl Values {
    /// Takes the host of the metadata database away where it is the bundled one's Service, which is the default: all that
    /// follows from a database of one's own does not follow then. With `delivery: helm` it stays, as Helm writes it.
    pub fn settle_database(&mut self) {
        let host = self.data.metadata_connection.host.as_deref();
        if self.delivery != Delivery::Helm && host.is_some_and(|host| self.postgresql.is_at(host, self)) {
            self.data.metadata_connection.host = Optional::default();
        }
    }
}

impl Component for Postgresql {
    fn name(&self) -> &'static str {
        "postgresql"
    }

    fn labels(&self) -> &'static [(&'static str, &'static str)] {
        &[("airflow-gen/not-for-production", "true")]
    }

    fn is_named_by_release(&self) -> bool {
        true
    }

    fn image<'v>(&'v self, _: &'v Values) -> ImageKeys<'v> {
        ImageKeys::Own(&self.image)
    }

    fn secrets<'v>(&'v self, values: &'v Values) -> Vec<OwnSecret<'v>> {
        let (values_key, password) = self.password(values);
        vec![OwnSecret {
            id: "password",
            values_key,
            object_name: self.object_name(),
            key: "password",
            form: SecretForm::Data,
            value: password.filter(|_| self.enabled),
            existing: None,
            is_wanted: self.enabled,
            // A password that the pods are given is not known here, and no other one will do.
            any_will_do: self.shares_password(values),
            variable: Some("POSTGRES_PASSWORD"),
            checksum: None,
            is_made_once: false,
            annotations: self.annotations(values),
            group: SecretGroup::Database,
        }]
    }

    fn enabled(&self, _: &Values) -> bool {
        self.enabled
    }

    fn serves(&self, values: &Values) -> Vec<Endpoint> {
        let purpose = if values.pgbouncer.enabled { Purpose::PooledDatabase } else { Purpose::Database };
        vec![Endpoint::tcp(purpose, Self::PORT)]
    }
}
