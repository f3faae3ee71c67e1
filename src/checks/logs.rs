//! The logs of tasks outlive the pods that wrote them.

use super::Finding;
use crate::values::{Edition, OptionValue, Values};

pub fn check(values: &Values, findings: &mut Vec<Finding>) {
    let section = if values.edition() == Edition::V1_10 { "core" } else { "logging" };
    let option = values.config.0.get(section).and_then(|core| core.as_ref()?.get("remote_logging")?.as_ref());
    let remote = option.is_some_and(|value| match value {
        OptionValue::Boolean(value) => *value,
        OptionValue::Number(value) => value.as_u64() == Some(1),
        OptionValue::Text(text) => matches!(text.to_lowercase().as_str(), "true" | "t" | "1"),
    });
    let in_pods = values.executor.uses_kubernetes();
    if in_pods && !values.logs.persistence.enabled && !remote && !values.elasticsearch.enabled && !values.opensearch.enabled {
        let warning = Finding::warning("logs.persistence.enabled", "the logs of tasks are kept nowhere", "no volume for logs");
        let warning = warning.note("each task runs in a pod of its own, and its log goes with the pod");
        findings.push(warning.help(format!("set `logs.persistence`, or `config.{section}.remote_logging` and where to")));
    }
}
