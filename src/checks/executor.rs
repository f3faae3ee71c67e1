//! The executor is one that the edition has.

use super::Finding;
use crate::schema::nearest;
use crate::values::{Executor, Values};

pub fn check(values: &Values, findings: &mut Vec<Finding>) {
    if values.executor.list() != [Executor::Kubernetes] {
        let title = format!("edition {} has no `{}`", values.edition().name(), values.executor);
        let error = Finding::error("executor", title, "another executor");
        findings.push(error.help("set `KubernetesExecutor`, or `airflowVersion` to 2.11 or 3"));
    }
}

/// A name without a module that is almost one of Airflow's own is taken for somebody's class, and runs nothing.
pub fn misspelt(values: &Values, findings: &mut Vec<Finding>) {
    let names = || Executor::NAMES.into_iter();
    // Airflow 2's own, which the edition has no pods for.
    let others = values.executor.list().iter().filter_map(|executor| match executor {
        Executor::Other(name) if !name.contains('.') && name != "SequentialExecutor" => Some(name),
        _ => None,
    });
    for (name, nearest) in others.filter_map(|name| Some((name, nearest(name, names())?))) {
        let warning = Finding::warning("executor", format!("`{name}` is none of Airflow's executors"), "taken for a class of your own");
        findings.push(warning.help(format!("did you mean `{nearest}`?")));
    }
}
