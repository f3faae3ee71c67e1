//! KEDA's autoscalers: how many pods are needed, asked of the metadata database.

use std::fmt::Write;

use indexmap::IndexMap;
use serde::Serialize;
use serde_json::json;

use super::basis::Basis;
use super::databases;
use super::env::METADATA_PASSWORD;
use super::peer::Peer;
use crate::model::labels::Labels;
use crate::values::{Demand, Executor, Keda, OptionValue, Values};

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
fn query_for_triggers(values: &Values) -> String {
    let per_pod = option(values, "triggerer", "capacity").or_else(|| option(values, "triggerer", "default_capacity"));
    format!("SELECT ceil(COUNT(*)::decimal / {}) FROM trigger", per_pod.unwrap_or_else(|| CAPACITY.to_owned()))
}

/// How many workers are needed for the tasks that wait or run in the queues.
fn query_for_tasks(values: &Values, queues: &str) -> String {
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

/// What an autoscaler goes by (KEDA: `ScaleTriggers`).
#[derive(Clone, Debug, Serialize)]
pub struct Trigger {
    #[serde(rename = "type")]
    kind: &'static str,
    metadata: IndexMap<&'static str, Option<String>>,
}

/// The trigger of an autoscaler: the query, and where it is asked.
pub fn trigger(basis: &Basis<'_>, keys: &Keda, demand: Demand<'_>) -> Trigger {
    let query = || match demand {
        Demand::Triggers => query_for_triggers(basis.values),
        Demand::Tasks(queues) => query_for_tasks(basis.values, queues),
    };
    let mysql = basis.values.data.metadata_connection.protocol().is_mysql();
    // MySQL knows no such notation, and divides whole numbers as decimals by itself.
    let of_database = |query: String| if mysql && !basis.is_for_helm() { query.replace("::decimal", "") } else { query };
    let (kind, target, variable, by_variable) = if mysql {
        ("mysql", "queryValue", "KEDA_DB_CONN", "connectionStringFromEnv")
    } else {
        ("postgresql", "targetQueryValue", "AIRFLOW_CONN_AIRFLOW_DB", "connectionFromEnv")
    };
    let mut metadata = IndexMap::from([(target, Some("1".to_owned()))]);
    if basis.secrets.metadata_password.wanted {
        metadata.extend(parts(basis));
    } else {
        metadata.insert(by_variable, Some(variable.to_owned()));
    }
    metadata.insert("query", Some(keys.query.clone().unwrap_or_else(|| of_database(query()))));
    Trigger { kind, metadata }
}

/// The parts of the connection, for KEDA: the pods have no URI, only the password.
fn parts(basis: &Basis<'_>) -> [(&'static str, Option<String>); 6] {
    let keys = &basis.values.data.metadata_connection;
    let mysql = keys.protocol().is_mysql();
    let text = |text: Option<&str>| text.filter(|text| !text.is_empty()).map(str::to_owned);
    let host = databases::metadata_host(basis.values, &basis.names);
    [
        ("host", host.map(|host| host.trim_matches(['[', ']']).to_owned())),
        ("port", Some(keys.port().to_string())),
        (if mysql { "username" } else { "userName" }, text(keys.user.as_deref())),
        ("passwordFromEnv", Some(METADATA_PASSWORD.to_owned())),
        ("dbName", Some(keys.db.to_string())),
        ("sslmode", text(keys.sslmode.as_deref().filter(|_| !mysql))),
    ]
}

/// The pods of KEDA that ask the database (KEDA: `config/manager/manager.yaml`), in the namespaces that the values name; in
/// any, if they name none.
pub fn operators<'v>(values: &Values) -> Vec<Peer<'v>> {
    let mut operators = Vec::new();
    for keys in databases::autoscalers(values) {
        let labels = &keys.namespace_labels.0;
        let namespaces = if labels.is_empty() { json!({}) } else { json!({"matchLabels": labels}) };
        let peer = Peer::in_namespaces(namespaces, Labels::from([("app".to_owned(), "keda-operator".to_owned())]));
        if !operators.contains(&peer) {
            operators.push(peer);
        }
    }
    operators
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(values: &str) -> Values {
        serde_json::from_str(values).unwrap()
    }

    #[test]
    fn tasks_are_counted_by_queue_for_as_many_as_a_worker_runs() {
        let celery = values(r#"{"executor": "CeleryExecutor", "config": {"celery": {"worker_concurrency": 4}}}"#);
        assert_eq!(
            query_for_tasks(&celery, "a, it's"),
            "SELECT ceil(COUNT(*)::decimal / 4) FROM task_instance WHERE (state='running' OR state='queued') AND queue IN ('a','it''s')"
        );
    }

    #[test]
    fn tasks_of_the_other_executor_do_not_count() {
        let end = |executor: &str| {
            let query = query_for_tasks(&values(&format!(r#"{{"executor": "{executor}"}}"#)), "default");
            query.split(" AND queue IN ('default')").nth(1).unwrap().to_owned()
        };
        assert_eq!(end("CeleryExecutor"), "");
        assert_eq!(end("CeleryExecutor,KubernetesExecutor"), " AND executor IS DISTINCT FROM 'KubernetesExecutor'");
        assert_eq!(end("CeleryKubernetesExecutor"), " AND queue != 'kubernetes'");
    }

    #[test]
    fn triggers_are_counted_by_the_capacity_of_a_triggerer() {
        assert!(query_for_triggers(&values("{}")).contains(" / 1000)"));
        assert!(query_for_triggers(&values(r#"{"config": {"triggerer": {"default_capacity": 5}}}"#)).contains(" / 5)"));
        let both = r#"{"config": {"triggerer": {"default_capacity": 5, "capacity": "7"}}}"#;
        assert!(query_for_triggers(&values(both)).contains(" / 7)"));
    }
}
