//! The bucket or container in which the logs of tasks are kept: what Airflow is told of it.

use crate::model::external::External;
use crate::model::variable::EnvVar;
use crate::values::{LogConnection, RemoteStore, Values};

/// The options of airflow.cfg that say where it is, beside that there is one.
pub fn options(values: &Values) -> Vec<(&'static str, &'static str, String)> {
    let (Some(keys), Some(store)) = (&values.logs.remote, values.remote_store()) else { return Vec::new() };
    let on = |value: bool| if value { "True" } else { "False" }.to_owned();
    let id = store.connection_id().map(str::to_owned);
    let (encrypt, container, key_path) = match store {
        RemoteStore::S3(logs) => (logs.encrypt, None, None),
        RemoteStore::Gcs(logs) => (None, None, logs.key_path.as_deref().map(str::to_owned)),
        RemoteStore::AzureBlob(logs) => (None, Some(logs.container.to_string()), None),
    };
    let all = [
        ("logging", "remote_base_log_folder", Some(store.base_folder())),
        ("logging", "remote_log_conn_id", id),
        ("logging", "encrypt_s3_logs", encrypt.map(on)),
        ("logging", "google_key_path", key_path),
        ("azure_remote_logging", "remote_wasb_log_container", container),
        ("logging", "delete_local_logs", keys.delete_local_logs.map(on)),
    ];
    all.into_iter().filter_map(|(section, name, value)| Some((section, name, value?))).collect()
}

/// The variable with the connection by which Airflow logs in, and the Secret that has it.
fn connection(values: &Values) -> Option<(String, &str, &str)> {
    let store = values.remote_store()?;
    let LogConnection { connection_id: _, connection_secret_name, connection_secret_key } = store.connection();
    let name = format!("AIRFLOW_CONN_{}", store.connection_id()?.to_uppercase());
    Some((name, connection_secret_name.as_deref()?, connection_secret_key.as_deref().unwrap_or("connection")))
}

/// The connection by which Airflow logs in, if a Secret has it.
pub fn variable(values: &Values) -> Option<EnvVar<'_>> {
    connection(values).map(|(name, secret, key)| EnvVar::of_key(name, secret, key))
}

/// The Secret that has to exist.
pub fn external(values: &Values) -> Option<External> {
    connection(values).map(|(_, secret, _)| External::object("Secret", secret))
}
