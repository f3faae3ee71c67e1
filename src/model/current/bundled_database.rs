//! The PostgreSQL to try Airflow out with.

use serde_json::{Value, json};

use super::Basis;
use super::names::Names;
use crate::model::connection;
use crate::values::{Annotations, Delivery, SecretValue, Values};

/// The name of its objects.
pub(super) fn name(names: &Names) -> String {
    format!("{}-postgresql", names.release)
}

/// Where it is.
pub(super) fn host(names: &Names) -> String {
    format!("{}.{}", name(names), names.namespace)
}

/// Whether it is the metadata database.
#[must_use]
pub fn is_used(values: &Values) -> bool {
    let data = &values.data;
    let keys = &data.metadata_connection;
    let elsewhere = connection::host(keys).is_some() || data.existing_secret().is_some() || data.cloud_sql_proxy.enabled;
    values.postgresql.enabled && !elsewhere && keys.open_placeholder().is_none()
}

/// The user that owns the database: the image makes one user when the database begins, the other one or else the superuser.
#[must_use]
pub fn user(values: &Values) -> &str {
    let name = values.postgresql.auth.username.as_ref().and_then(|name| name.given());
    name.unwrap_or("postgres")
}

/// That user's password, and its key of the values.
#[must_use]
pub fn password(values: &Values) -> (&'static str, Option<&SecretValue>) {
    let auth = &values.postgresql.auth;
    match user(values) {
        "postgres" => ("postgresql.auth.postgresPassword", auth.postgres_password.as_ref()),
        _ => ("postgresql.auth.password", auth.password.as_ref()),
    }
}

/// Whether the pods of Airflow read the server's own Secret: the connection has no password.
#[must_use]
pub fn shares_password(values: &Values) -> bool {
    let pass = values.data.metadata_connection.pass.as_ref();
    is_used(values) && values.delivery != Delivery::Helm && pass.is_none_or(SecretValue::is_empty)
}

/// The annotations of its objects.
pub(super) fn annotations(values: &Values) -> Annotations {
    let why = ("airflow-gen/not-for-production", "one pod without backups, for trying Airflow out");
    // The migration needs it.
    let wave = (values.delivery == Delivery::Argocd).then_some(("argocd.argoproj.io/sync-wave", "-2"));
    Annotations([why].into_iter().chain(wave).map(|(key, value)| (key.to_owned(), value.to_owned())).collect())
}

/// What the templates of its StatefulSet and Service see.
pub(super) fn facts(basis: &Basis<'_>) -> Value {
    let values = basis.values;
    let database = values.postgresql.auth.database.as_ref().and_then(|name| name.given());
    json!({
        "name": name(&basis.names),
        "labels": basis.labelling.of_bundled_database(),
        "selector": basis.labelling.selector("postgresql"),
        "user": user(values),
        "database": database.unwrap_or(&values.data.metadata_connection.db),
        "port": 5432,
        "annotations": annotations(values),
    })
}
