//! The connections to the databases.

use indexmap::IndexMap;

use super::names::Names;
use super::pool::{self, Behind};
use super::secret::Derived;
use crate::model::connection::{self, AIRFLOW_CONNECTION, Reader};
use crate::model::secret_data::{SecretData, SecretKeys};
use crate::values::{AirflowOption, Connection, Delivery, Heard, Keda, Options, Values};

/// The key of the Secret that holds the metadata database's URI for asynchronous sessions.
pub const ASYNC_CONNECTION: &str = "asyncConnection";

/// The key of the Secret that holds the metadata database's address as KEDA takes it, where that is not Airflow's: a MySQL's,
/// or the one behind the pool.
pub const KEDA_CONNECTION: &str = "kedaConnection";

/// Whether asynchronous sessions need a URI of their own: Airflow makes it of the other one, but leaves the parameters in it
/// that the asynchronous driver for PostgreSQL does not take (Airflow: `[database] sql_alchemy_conn_async`, since 3.1).
fn needs_async(values: &Values) -> bool {
    let keys = &values.data.metadata_connection;
    let has_parameters = keys.sslmode.is_some() || !keys.query.0.is_empty();
    let has_option = values.airflow_version.numbers() >= (3, 1, 0);
    let by_user = Options::of(values).heard(AirflowOption::secret("database", "sql_alchemy_conn_async")) != Heard::Nothing;
    has_option && has_parameters && keys.protocol().is_postgresql() && !by_user && values.delivery != Delivery::Helm
}

/// Whether Airflow's own connection has a URI of its own.
fn has_own_connection(values: &Values) -> bool {
    values.delivery != Delivery::Helm && values.enable_built_in_secret_env_vars.airflow_db
}

/// Who reads the URIs: what Helm would have has one spelling for all.
fn reader(values: &Values) -> Reader {
    if values.delivery == Delivery::Helm { Reader::Chart } else { Reader::Sqlalchemy }
}

/// The keys of the Secret with the connection to the metadata database; `None`, where the values give none.
pub fn metadata_keys(values: &Values, names: &Names) -> Option<SecretKeys> {
    let keys = &values.data.metadata_connection;
    if let Some(text) = keys.open_placeholder() {
        return Some(SecretKeys(IndexMap::from([("connection", SecretData::Placeholder(text.to_owned()))])));
    }
    let (host, seen) = metadata(values, names)?;
    let mut made = IndexMap::from([("connection", connection::uri_at(reader(values), &host, &seen))]);
    if has_own_connection(values) {
        made.insert(AIRFLOW_CONNECTION, connection::uri_at(Reader::Airflow, &host, &seen));
    }
    if needs_async(values) {
        made.insert(ASYNC_CONNECTION, connection::uri_at(Reader::Async, &host, &seen));
    }
    made.extend(keda_has_address(values).then(|| keda_address(values, names)).flatten().map(|address| (KEDA_CONNECTION, address)));
    Some(SecretKeys(made))
}

/// The host of the metadata database and the connection to it, as Airflow's pods make it; `None`, where the values give none.
pub fn metadata(values: &Values, names: &Names) -> Option<(String, Connection)> {
    let host = metadata_host(values, names)?;
    Some(pool::in_front_of(values, names, Behind::Metadata, host, values.data.metadata_connection.clone()))
}

/// The keys of that Secret that are made of its URI, where the values do not give it.
pub fn derived_of_metadata(values: &Values) -> Vec<Derived> {
    let mut derived = Vec::new();
    if has_own_connection(values) {
        // The scheme without its driver.
        let template = r#"{{ .connection | replace "postgresql+psycopg2:" "postgresql:" | replace "mysql+mysqldb:" "mysql:" }}"#;
        let example = connection::example(Reader::Airflow, values.data.metadata_connection.protocol());
        derived.push(Derived { key: AIRFLOW_CONNECTION, template: Some(template.to_owned()), example });
    }
    // Whoever makes the Secret by hand has the parameters in hand too.
    if needs_async(values) && values.secrets.external_secrets.is_some() {
        let template = r#"{{ .connection | replace "postgresql+psycopg2:" "postgresql+asyncpg:" | replace "sslmode=" "ssl=" }}"#;
        derived.push(Derived { key: ASYNC_CONNECTION, template: Some(template.to_owned()), example: String::new() });
    }
    if keda_has_address(values) {
        let protocol = values.data.metadata_connection.protocol();
        let example = if protocol.is_mysql() {
            "USER:PASSWORD@tcp(HOST:3306)/DATABASE".to_owned()
        } else {
            connection::example(Reader::Airflow, protocol)
        };
        derived.push(Derived { key: KEDA_CONNECTION, template: None, example });
    }
    derived
}

/// The host of the metadata database itself, as it stands in a URI; `None`, where the values give none.
pub fn metadata_host(values: &Values, names: &Names) -> Option<String> {
    if let Some(host) = connection::host(&values.data.metadata_connection) {
        // What is no host is told by a check.
        return host.ok();
    }
    let through_proxy = values.data.cloud_sql_proxy.enabled.then(|| "127.0.0.1".to_owned());
    let bundled = values.postgresql.enabled || values.delivery == Delivery::Helm;
    through_proxy.or_else(|| bundled.then(|| format!("{}.{}", names.of_component(&values.postgresql), names.namespace)))
}

/// The KEDA autoscalers, which ask the database.
pub fn autoscalers(values: &Values) -> Vec<&Keda> {
    let sets = if values.executor.uses_celery() { values.workers.sets() } else { &[] };
    let components = values.enabled_components().into_iter();
    let own = components.flat_map(|(_, component)| component.autoscalers());
    sets.iter().map(|set| &set.worker.keda).chain(own).filter(|keda| keda.enabled == Some(true)).collect()
}

/// Whether a KEDA autoscaler asks the database.
pub fn keda_asks(values: &Values) -> bool {
    !autoscalers(values).is_empty()
}

/// Whether a KEDA autoscaler asks the database itself, and not the pool in front of it.
pub fn keda_asks_itself(values: &Values) -> bool {
    autoscalers(values).into_iter().any(|keda| !pool::exists(values) || pool::is_passed(values, keda))
}

/// Whether a KEDA autoscaler asks by the URI of Airflow's own connection.
pub fn keda_asks_as_airflow(values: &Values) -> bool {
    autoscalers(values).into_iter().any(|keda| !pool::is_passed(values, keda))
}

/// Whether a KEDA autoscaler takes another address than Airflow: that of a MySQL, which has another form, or the one behind the
/// pool.
pub fn keda_has_address(values: &Values) -> bool {
    let asks = autoscalers(values);
    let mysql = values.data.metadata_connection.protocol().is_mysql();
    !asks.is_empty() && mysql || asks.into_iter().any(|keda| pool::is_passed(values, keda))
}

/// That address: of a MySQL in the form of Go's driver, and else as Airflow's own connections are spelled.
fn keda_address(values: &Values, names: &Names) -> Option<SecretData> {
    let (host, keys) = (metadata_host(values, names)?, &values.data.metadata_connection);
    if !keys.protocol().is_mysql() {
        return Some(connection::uri_at(Reader::Airflow, &host, keys));
    }
    let user = keys.user.as_deref().unwrap_or_default();
    let port = connection::port(reader(values), keys);
    Some(SecretData::with(keys.pass.as_ref(), str::to_owned, |pass| {
        format!("{user}:{}@tcp({host}:{port})/{}", pass.unwrap_or_default(), &*keys.db)
    }))
}

/// Whether Celery's results go to a place of their own. Without one Airflow puts them into the metadata database.
pub fn has_result_backend(values: &Values) -> bool {
    values.data.result_backend_connection.is_some() || values.data.result_backend_secret_name.is_some()
}

/// The URI of the database of Celery's results, if it has one of its own.
pub fn result_backend_uri(values: &Values, names: &Names) -> Option<SecretData> {
    let existing = values.data.result_backend_secret_name.is_some();
    let (host, keys) = results(values, names).filter(|_| !existing && values.executor.uses_celery())?;
    Some(connection::uri_at(reader(values), &host, &keys).after("db+"))
}

/// The host of the database of Celery's results and the connection to it, as Airflow's pods make it.
fn results(values: &Values, names: &Names) -> Option<(String, Connection)> {
    let keys = result_backend(values)?;
    let host = connection::host(&keys)?.ok()?;
    Some(pool::in_front_of(values, names, Behind::Results, host, keys))
}

/// The connection to the database of Celery's results itself, if it has one of its own.
pub fn result_backend(values: &Values) -> Option<Connection> {
    let keys = values.data.result_backend_connection.as_ref()?;
    let metadata = &values.data.metadata_connection;
    Some(Connection { port: keys.port.or(metadata.port), protocol: keys.protocol.or(metadata.protocol), ..keys.clone() })
}

/// The URI of a database around its password, which the pod has by itself.
pub fn metadata_around_password(values: &Values, names: &Names) -> Option<(String, String)> {
    let (host, keys) = metadata(values, names)?;
    Some(connection::around_password(Reader::Sqlalchemy, &host, &keys, true))
}

/// The same for asynchronous sessions, where they need one of their own.
pub fn async_around_password(values: &Values, names: &Names) -> Option<(String, String)> {
    let (host, keys) = metadata(values, names).filter(|_| needs_async(values))?;
    Some(connection::around_password(Reader::Async, &host, &keys, true))
}

/// The URI of the database of Celery's results around its password.
pub fn result_backend_around_password(values: &Values, names: &Names) -> Option<(String, String)> {
    let (host, keys) = results(values, names)?;
    let (before, after) = connection::around_password(Reader::Sqlalchemy, &host, &keys, true);
    Some((format!("db+{before}"), after))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The scheme of the URI of Celery's results, with the metadata database on MySQL.
    fn scheme_of_results(result_backend: &str) -> String {
        let metadata = r#"{"host": "m", "protocol": "mysql", "user": "u", "db": "d"}"#;
        let data = format!(r#"{{"metadataConnection": {metadata}, "resultBackendConnection": {result_backend}}}"#);
        let values: Values = serde_json::from_str(&format!(r#"{{"executor": "CeleryExecutor", "data": {data}}}"#)).unwrap();
        match result_backend_uri(&values, &Names::for_values(&values)).unwrap() {
            SecretData::Known(uri) => uri.split("://").next().unwrap().to_owned(),
            _ => unreachable!("there is no placeholder"),
        }
    }

    #[test]
    fn results_go_to_a_database_of_the_kind_that_is_said_or_else_of_the_metadata_databases() {
        assert_eq!(scheme_of_results(r#"{"host": "r", "db": "d"}"#), "db+mysql+mysqldb");
        assert_eq!(scheme_of_results(r#"{"host": "r", "db": "d", "protocol": "postgresql"}"#), "db+postgresql+psycopg2");
    }
}
