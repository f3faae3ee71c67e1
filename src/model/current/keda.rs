//! KEDA's autoscalers: how many pods are needed, asked of the metadata database.

use std::fmt::Write;

use indexmap::IndexMap;
use serde::Serialize;
use serde_json::json;

use super::basis::Basis;
use super::databases;
use super::env::METADATA_PASSWORD;
use super::peer::Peer;
use super::pool;
use crate::model::labels::Labels;
use crate::values::{AirflowOption, Demand, Executor, Keda, Options, QueueName, Values, Variable};

/// How many triggers a triggerer runs, unless airflow.cfg says otherwise (Airflow: `[triggerer] capacity`).
const CAPACITY: u64 = 1000;
/// How many tasks a worker runs, unless airflow.cfg says otherwise (Airflow: `[celery] worker_concurrency`).
const CONCURRENCY: u64 = 16;

/// The SQL that a database reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sql {
    Postgresql,
    Mysql,
}

impl Sql {
    /// How many pods are needed, if each takes this many rows.
    fn pods(self, per_pod: u64) -> String {
        // MySQL divides whole numbers as decimals by itself.
        let decimal = if self == Self::Postgresql { "::decimal" } else { "" };
        format!("SELECT ceil(COUNT(*){decimal} / {per_pod})")
    }

    /// A text.
    fn text(self, text: &str) -> String {
        let quoted = text.replace('\'', "''");
        match self {
            // What a backslash is in a plain string depends on the server (PostgreSQL: `standard_conforming_strings`).
            Self::Postgresql if text.contains('\\') => format!("E'{}'", quoted.replace('\\', r"\\")),
            Self::Postgresql => format!("'{quoted}'"),
            Self::Mysql => format!("'{}'", quoted.replace('\\', r"\\")),
        }
    }

    /// A table whose name is a word of one of the languages.
    fn table(self, name: &str) -> String {
        if self == Self::Postgresql { name.to_owned() } else { format!("`{name}`") }
    }

    /// That a column is not this text, or has no value.
    fn differs(self, column: &str, text: &str) -> String {
        let text = self.text(text);
        if self == Self::Postgresql { format!("{column} IS DISTINCT FROM {text}") } else { format!("NOT ({column} <=> {text})") }
    }
}

/// How many rows a pod takes, by an option of airflow.cfg. What is no such number is told by a check.
fn per_pod(options: &Options<'_>, section: &'static str, name: &'static str) -> Option<u64> {
    options.heard(AirflowOption::of(section, name)).text()?.parse().ok().filter(|number| *number > 0)
}

/// How many triggerers are needed for the triggers there are.
fn query_for_triggers(options: &Options<'_>, queues: &[QueueName], has_queues: bool, sql: Sql) -> String {
    let capacity = per_pod(options, "triggerer", "capacity").or_else(|| per_pod(options, "triggerer", "default_capacity"));
    let queues: Vec<String> = queues.iter().map(|queue| sql.text(queue)).collect();
    let which = match &queues[..] {
        [] if has_queues => " WHERE queue IS NULL".to_owned(),
        [] => String::new(),
        queues => format!(" WHERE queue IN ({})", queues.join(",")),
    };
    format!("{} FROM {}{which}", sql.pods(capacity.unwrap_or(CAPACITY)), sql.table("trigger"))
}

/// How many workers are needed for the tasks that wait or run in the queues.
fn query_for_tasks(values: &Values, options: &Options<'_>, queues: &str, sql: Sql) -> String {
    // A worker that is told no queue takes the one that tasks are in by default.
    let usual = options.default_queue().filter(|_| queues == "default");
    let queues: Vec<String> = usual.as_deref().unwrap_or(queues).split(',').map(|queue| sql.text(queue.trim())).collect();
    let mut query = format!(
        "{} FROM task_instance WHERE (state='running' OR state='queued') AND queue IN ({})",
        sql.pods(per_pod(options, "celery", "worker_concurrency").unwrap_or(CONCURRENCY)),
        queues.join(",")
    );
    let executors = values.executor.list();
    let is_edge = |one: &Executor| matches!(one, Executor::Edge) || matches!(one, Executor::Other(name) if name.ends_with("EdgeExecutor"));
    // Tasks of the other executor are not for these workers.
    if executors.contains(&Executor::CeleryKubernetes) {
        let queue = options.heard(AirflowOption::of("celery_kubernetes_executor", "kubernetes_queue"));
        let _ = write!(query, " AND queue != {}", sql.text(queue.text().unwrap_or("kubernetes")));
    } else if values.executor.uses_kubernetes() {
        let _ = write!(query, " AND {}", sql.differs("executor", "KubernetesExecutor"));
    } else if executors.iter().any(is_edge) {
        let _ = write!(query, " AND {}", sql.differs("executor", "EdgeExecutor"));
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

/// The trigger of an autoscaler of pods with these variables of their own: the query, and where it is asked.
pub fn trigger(basis: &Basis<'_>, keys: &Keda, demand: Demand<'_>, own: &[Variable]) -> Trigger {
    let options = Options::of(basis.values).with(own, "");
    let mysql = basis.values.data.metadata_connection.protocol().is_mysql();
    let sql = if mysql { Sql::Mysql } else { Sql::Postgresql };
    let query = || match demand {
        Demand::Triggers { queues, has_queues } => query_for_triggers(&options, queues, has_queues, sql),
        Demand::Tasks(queues) => query_for_tasks(basis.values, &options, queues, sql),
    };
    let (kind, target, by_variable) =
        if mysql { ("mysql", "queryValue", "connectionStringFromEnv") } else { ("postgresql", "targetQueryValue", "connectionFromEnv") };
    let passes = pool::is_passed(basis.values, keys);
    let variable = if mysql || passes { "KEDA_DB_CONN" } else { "AIRFLOW_CONN_AIRFLOW_DB" };
    let mut metadata = IndexMap::from([(target, Some("1".to_owned()))]);
    if basis.secrets.metadata_password.wanted {
        metadata.extend(parts(basis, passes));
    } else {
        metadata.insert(by_variable, Some(variable.to_owned()));
    }
    metadata.insert("query", Some(keys.query.clone().unwrap_or_else(query)));
    Trigger { kind, metadata }
}

/// The parts of the connection, for KEDA: the pods have no URI, only the password.
fn parts(basis: &Basis<'_>, passes: bool) -> [(&'static str, Option<String>); 6] {
    let (values, names) = (basis.values, &basis.names);
    let itself = || (databases::metadata_host(values, names), values.data.metadata_connection.clone());
    let (host, keys) = match databases::metadata(values, names).filter(|_| !passes) {
        Some((host, keys)) => (Some(host), keys),
        None => itself(),
    };
    let mysql = keys.protocol().is_mysql();
    let text = |text: Option<&str>| text.filter(|text| !text.is_empty()).map(str::to_owned);
    [
        ("host", host.map(|host| host.trim_matches(['[', ']']).to_owned())),
        ("port", Some(keys.port().to_string())),
        (if mysql { "username" } else { "userName" }, text(keys.user.as_deref())),
        ("passwordFromEnv", Some(METADATA_PASSWORD.to_owned())),
        ("dbName", Some(keys.db.to_string())),
        ("sslmode", text(keys.sslmode.as_deref().filter(|_| !mysql))),
    ]
}

/// The pods of KEDA that ask the database (KEDA: `config/manager/manager.yaml`), through the pool or past it, in the namespaces
/// that the values name; in any, if they name none.
pub fn operators<'v>(basis: &Basis<'_>, past_pool: bool) -> Vec<Peer<'v>> {
    let values = basis.values;
    // The chart lets in to the pool also who passes it.
    let asks = |keys: &&&Keda| basis.is_for_helm() || pool::is_passed(values, keys) == past_pool;
    let asking: Vec<&Keda> = databases::autoscalers(values).iter().filter(asks).copied().collect();
    let any_labels = asking.iter().any(|keys| !keys.namespace_labels.0.is_empty());
    let pods = || Labels::from([("app".to_owned(), "keda-operator".to_owned())]);
    let mut operators = Vec::new();
    for keys in asking {
        let labels = &keys.namespace_labels.0;
        if basis.is_for_helm() && any_labels && labels.is_empty() {
            continue;
        }
        let peer = match (labels.is_empty(), basis.is_for_helm()) {
            (true, true) => Peer::here(pods()),
            (true, false) => Peer::in_namespaces(json!({}), pods()),
            (false, _) => Peer::in_namespaces(json!({"matchLabels": labels}), pods()),
        };
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

    fn tasks(values: &Values, queues: &str, sql: Sql) -> String {
        query_for_tasks(values, &Options::of(values), queues, sql)
    }

    #[test]
    fn tasks_are_counted_by_queue_for_as_many_as_a_worker_runs() {
        let celery = values(r#"{"executor": "CeleryExecutor", "config": {"celery": {"worker_concurrency": 4}}}"#);
        assert_eq!(
            tasks(&celery, "a, it's", Sql::Postgresql),
            "SELECT ceil(COUNT(*)::decimal / 4) FROM task_instance WHERE (state='running' OR state='queued') AND queue IN ('a','it''s')"
        );
        assert_eq!(
            tasks(&celery, r"a\' OR 1=1 -- ", Sql::Mysql),
            r"SELECT ceil(COUNT(*) / 4) FROM task_instance WHERE (state='running' OR state='queued') AND queue IN ('a\\'' OR 1=1 --')"
        );
        assert!(tasks(&celery, r"a\'", Sql::Postgresql).ends_with(r"queue IN (E'a\\''')"));
    }

    #[test]
    fn tasks_of_the_other_executor_do_not_count() {
        let end = |executor: &str, sql: Sql| {
            let query = tasks(&values(&format!(r#"{{"executor": "{executor}"}}"#)), "default", sql);
            query.split(" AND queue IN ('default')").nth(1).unwrap().to_owned()
        };
        assert_eq!(end("CeleryExecutor", Sql::Postgresql), "");
        assert_eq!(end("CeleryExecutor,KubernetesExecutor", Sql::Postgresql), " AND executor IS DISTINCT FROM 'KubernetesExecutor'");
        assert_eq!(end("CeleryExecutor,KubernetesExecutor", Sql::Mysql), " AND NOT (executor <=> 'KubernetesExecutor')");
        assert_eq!(end("CeleryKubernetesExecutor", Sql::Postgresql), " AND queue != 'kubernetes'");
        for edge in ["airflow.providers.edge3.executors.EdgeExecutor", "EdgeExecutor"] {
            assert_eq!(end(&format!("CeleryExecutor,{edge}"), Sql::Postgresql), " AND executor IS DISTINCT FROM 'EdgeExecutor'");
        }
    }

    #[test]
    fn triggers_are_counted_by_the_capacity_of_a_triggerer() {
        let per_pod = |config: &str| {
            let values = values(&format!(r#"{{"config": {{"triggerer": {config}}}}}"#));
            let query = query_for_triggers(&Options::of(&values), &[], false, Sql::Postgresql);
            query.split(" / ").nth(1).unwrap().split(')').next().unwrap().to_owned()
        };
        assert_eq!(per_pod("{}"), "1000");
        assert_eq!(per_pod(r#"{"default_capacity": 5}"#), "5");
        assert_eq!(per_pod(r#"{"default_capacity": 5, "capacity": "7"}"#), "7");
        assert_eq!(per_pod(r#"{"capacity": "1) FROM trigger; DROP TABLE dag; --"}"#), "1000");
        let values = values("{}");
        let query = |queues: &[QueueName], has_queues: bool, sql: Sql| query_for_triggers(&Options::of(&values), queues, has_queues, sql);
        assert!(query(&[], false, Sql::Mysql).ends_with(" / 1000) FROM `trigger`"));
        assert!(query(&[], true, Sql::Postgresql).ends_with(" FROM trigger WHERE queue IS NULL"));
        let queues = ["a".into(), "it's".into()];
        assert!(query(&queues, true, Sql::Postgresql).ends_with(" FROM trigger WHERE queue IN ('a','it''s')"));
    }
}
