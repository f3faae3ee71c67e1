//! The executor is one that the edition has.

use super::Finding;
use crate::values::{Executor, Values};

pub fn check(values: &Values, findings: &mut Vec<Finding>) {
    if values.executor.list() != [Executor::Kubernetes] {
        let title = format!("edition {} has no `{}`", values.edition().name(), values.executor);
        let error = Finding::error("executor", title, "another executor");
        findings.push(error.help("set `KubernetesExecutor`, or `airflowVersion` to 2.11 or 3"));
    }
}
