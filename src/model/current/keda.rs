//! KEDA's autoscalers: how many pods are needed, asked of the metadata database.

use std::fmt::Write;

use serde_json::{Value, json};

use super::{Basis, databases};
use crate::values::{Executor, Keda, OptionValue, Values};

/// How many triggers a triggerer runs, unless airflow.cfg says otherwise (Airflow: `[triggerer] capacity`).
const CAPACITY: &str = "1000";
/// How many tasks a worker runs, unless airflow.cfg says otherwise (Airflow: `[celery] worker_concurrency`).
const CONCURRENCY: &str = "16";

/// An option of airflow.cfg that the user gives, as text.
fn option(values: &Values, section: &str, option: &str) -> Option<String> {
    match values.config.0.get(section)?.as_ref()?.get(option)?.as_ref()? {
        OptionValue::Text(text) => Some(text.clone()),
        OptionValue::Number(number) => Some(number.to_string()),
        OptionValue::Boolean(value) => Some(value.to_string()),
    }
}

/// How many triggerers are needed for the triggers there are.
pub fn query_for_triggers(values: &Values) -> String {
    let per_pod = option(values, "triggerer", "capacity").or_else(|| option(values, "triggerer", "default_capacity"));
    format!("SELECT ceil(COUNT(*)::decimal / {}) FROM trigger", per_pod.unwrap_or_else(|| CAPACITY.to_owned()))
}

/// How many workers are needed for the tasks that wait or run in the queues.
pub fn query_for_tasks(values: &Values, queues: &str) -> String {
    let per_pod = option(values, "celery", "worker_concurrency").unwrap_or_else(|| CONCURRENCY.to_owned());
    let queues: Vec<String> = queues.split(',').map(|queue| format!("'{}'", queue.trim().replace('\'', "''"))).collect();
    let mut query = format!(
        "SELECT ceil(COUNT(*)::decimal / {per_pod}) FROM task_instance WHERE (state='running' OR state='queued') AND queue IN ({})",
        queues.join(",")
    );
    let executors = values.executor.list();
    // Tasks of the other executor are not for these workers.
    if executors.contains(&Executor::CeleryKubernetes) {
        let queue = option(values, "celery_kubernetes_executor", "kubernetes_queue").unwrap_or_else(|| "kubernetes".to_owned());
        let _ = write!(query, " AND queue != '{}'", queue.replace('\'', "''"));
    } else if values.executor.uses_kubernetes() {
        query.push_str(" AND executor IS DISTINCT FROM 'KubernetesExecutor'");
    } else if executors.iter().any(|one| matches!(one, Executor::Other(name) if name.ends_with("EdgeExecutor"))) {
        query.push_str(" AND executor IS DISTINCT FROM 'EdgeExecutor'");
    }
    query
}

/// The trigger of an autoscaler: the query, and where it is asked.
pub fn trigger(basis: &Basis<'_>, keys: &Keda, query: impl FnOnce() -> String) -> Value {
    let mysql = basis.values.data.metadata_connection.protocol.is_mysql();
    // MySQL knows no such notation, and divides whole numbers as decimals by itself.
    let of_database = |query: String| if mysql && !basis.is_for_helm() { query.replace("::decimal", "") } else { query };
    let (kind, target, variable, by_variable) = if mysql {
        ("mysql", "queryValue", "KEDA_DB_CONN", "connectionStringFromEnv")
    } else {
        ("postgresql", "targetQueryValue", "AIRFLOW_CONN_AIRFLOW_DB", "connectionFromEnv")
    };
    let mut metadata = json!({target: "1"});
    if basis.secrets.metadata_password.wanted {
        parts(basis, &mut metadata);
    } else {
        metadata[by_variable] = variable.into();
    }
    metadata["query"] = keys.query.clone().unwrap_or_else(|| of_database(query())).into();
    json!({"type": kind, "metadata": metadata})
}

/// Where the pods have no URI but the password, KEDA takes the parts.
fn parts(basis: &Basis<'_>, metadata: &mut Value) {
    let keys = &basis.values.data.metadata_connection;
    let mysql = keys.protocol.is_mysql();
    let text = |text: Option<&str>| json!(text.filter(|text| !text.is_empty()));
    let host = databases::metadata_host(basis.values, &basis.names);
    metadata["host"] = json!(host.map(|host| host.trim_matches(['[', ']']).to_owned()));
    metadata["port"] = keys.port().to_string().into();
    metadata[if mysql { "username" } else { "userName" }] = text(keys.user.as_deref());
    metadata["passwordFromEnv"] = super::env::METADATA_PASSWORD.into();
    metadata["dbName"] = json!(&*keys.db);
    metadata["sslmode"] = text(keys.sslmode.as_deref().filter(|_| !mysql));
}
