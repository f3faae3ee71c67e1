//! Nothing is asked for that the other major version of Airflow has.

use super::Finding;
use crate::schema::Path;
use crate::values::{Edition, Executor, Values, other_major};
use crate::yaml::Node;

pub fn check(values: &Values, given: &Node, findings: &mut Vec<Finding>) {
    if values.edition() == Edition::V1_10 {
        return;
    }
    let version = values.airflow_version.as_str();
    for (key, instead) in other_major::without_effect(values.airflow_version.major()) {
        if !Path::of_keys(key).get(given).is_some_and(says_something) {
            continue;
        }
        let warning = Finding::warning(*key, format!("`{key}` has no effect on Airflow {version}"), "a key of another major version");
        findings.push(if instead.is_empty() { warning } else { warning.help(format!("set `{instead}` in its place")) });
    }
    let sequential = values.executor.list().contains(&Executor::Other("SequentialExecutor".to_owned()));
    if values.airflow_version.major() >= 3 && sequential {
        let warning = Finding::warning("executor", format!("Airflow {version} has no `SequentialExecutor`"), "an executor of Airflow 2");
        findings.push(warning.help("set `LocalExecutor` in its place"));
    }
    if values.airflow_version.major() >= 3 && values.executor.is_hybrid() {
        let title = format!("Airflow {version} has no `{}`", values.executor);
        let warning = Finding::warning("executor", title, "two executors in one");
        findings.push(warning.help("name both, with a comma between, such as `CeleryExecutor,KubernetesExecutor`"));
    }
}

/// Whether a user says anything there besides `enabled: false`, emptiness, and what holds for every version.
fn says_something(node: &Node) -> bool {
    match node.as_map() {
        Some(entries) => entries.iter().any(|(key, entry)| !other_major::ALWAYS.contains(&key.as_str()) && !entry.value.says_nothing()),
        None => !node.says_nothing(),
    }
}
