//! The connections to the databases, and the PostgreSQL to try Airflow out with.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde_json::{Value, json};

use super::Basis;
use super::names::Names;
use crate::model::connection;
use crate::values::{Connection, Delivery, Protocol, Values};

/// The URI of the metadata database as a Secret has it: base64, or the placeholder as it is.
pub fn metadata_value(values: &Values, names: &Names) -> Option<String> {
    let placeholder = values.data.metadata_connection.open_placeholder().map(str::to_owned);
    placeholder.or_else(|| metadata_uri(values, names).map(|uri| BASE64_STANDARD.encode(uri)))
}

fn metadata_uri(values: &Values, names: &Names) -> Option<String> {
    let keys = &values.data.metadata_connection;
    if keys.host.as_ref().and_then(|host| host.given()).is_some() {
        return connection::uri(keys);
    }
    Some(connection::assembled(connection::scheme(keys.protocol), &bundled_host(names), keys))
}

/// Whether a KEDA autoscaler asks a MySQL, whose address it takes in another form.
pub fn keda_asks_mysql(values: &Values) -> bool {
    let celery = &values.workers.celery;
    let sets = celery.sets.iter().map(|set| set.worker.keda.enabled);
    let workers = [values.workers.both.keda.enabled, celery.worker.keda.enabled].into_iter().chain(sets).any(|keda| keda == Some(true));
    let asks = workers && values.executor.uses_celery() || values.triggerer.keda.enabled == Some(true);
    asks && matches!(values.data.metadata_connection.protocol, Protocol::Mysql | Protocol::Mysqldb)
}

/// The metadata database's address in the form of Go's driver for MySQL, as KEDA takes it.
pub fn keda_address(values: &Values, names: &Names) -> Option<String> {
    let keys = &values.data.metadata_connection;
    let existing = values.data.existing_secret().is_some();
    let host = keys.host.as_ref().and_then(|host| host.given()).map_or_else(|| bundled_host(names), str::to_owned);
    let (user, pass) = (keys.user.as_deref().unwrap_or_default(), keys.pass.as_deref().unwrap_or_default());
    let port = keys.port.unwrap_or(3306);
    (keda_asks_mysql(values) && !existing).then(|| format!("{user}:{pass}@tcp({host}:{port})/{}", &*keys.db))
}

/// The host of the PostgreSQL that is among the manifests.
fn bundled_host(names: &Names) -> String {
    format!("{}-postgresql.{}", names.release, names.namespace)
}

/// Whether Celery's results go to a place of their own. Without one Airflow puts them into the metadata database.
pub fn has_result_backend(values: &Values) -> bool {
    values.data.result_backend_connection.is_some() || values.data.result_backend_secret_name.is_some()
}

/// The URI of the database of Celery's results, if it has one of its own.
pub fn result_backend_uri(values: &Values) -> Option<String> {
    let existing = values.data.result_backend_secret_name.as_ref().is_some_and(|name| name.given().is_some());
    let keys = values.data.result_backend_connection.as_ref().filter(|_| !existing && values.executor.uses_celery())?;
    let metadata = &values.data.metadata_connection;
    let keys = Connection {
        port: keys.port.or(metadata.port),
        protocol: if keys.protocol == Protocol::default() { metadata.protocol } else { keys.protocol },
        ..keys.clone()
    };
    connection::uri(&keys).map(|uri| format!("db+{uri}"))
}

/// The PostgreSQL that is among the manifests.
pub fn bundled(basis: &Basis<'_>) -> Value {
    let keys = &basis.values.postgresql;
    let text = |text: &Option<crate::values::Line>| text.as_ref().and_then(|text| text.given()).map(str::to_owned);
    let user = text(&keys.auth.username).filter(|user| user != "postgres");
    let database = text(&keys.auth.database).unwrap_or_else(|| basis.values.data.metadata_connection.db.to_string());
    let mut annotations = json!({"airflow-gen/not-for-production": "one pod without backups, for trying Airflow out"});
    let mut labels = basis.labelling.of("postgresql");
    labels.insert("airflow-gen/not-for-production".to_owned(), "true".to_owned());
    if basis.values.delivery == Delivery::Argocd {
        // The migration needs it.
        annotations["argocd.argoproj.io/sync-wave"] = json!("-2");
    }
    // The image makes one user when the database begins: the other one, or else the superuser.
    let password = if user.is_some() { &keys.auth.password } else { &keys.auth.postgres_password };
    json!({
        "name": format!("{}-postgresql", basis.names.release),
        "labels": labels,
        "selector": basis.labelling.selector("postgresql"),
        "user": user.unwrap_or_else(|| "postgres".to_owned()),
        "database": database,
        "data": {"password": BASE64_STANDARD.encode(password.as_deref().unwrap_or_default())},
        "port": 5432,
        "annotations": annotations,
    })
}
