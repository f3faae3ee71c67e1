//! The logs of tasks outlive the pods that wrote them.

use super::Finding;
use crate::values::{OptionValue, Values};

pub fn check(values: &Values, findings: &mut Vec<Finding>) {
    let option = values.config.0.get("core").and_then(|core| core.as_ref()?.get("remote_logging")?.as_ref());
    let remote = option.is_some_and(|value| match value {
        OptionValue::Boolean(value) => *value,
        OptionValue::Number(value) => value.as_u64() == Some(1),
        OptionValue::Text(text) => matches!(text.to_lowercase().as_str(), "true" | "t" | "1"),
    });
    if !values.logs.persistence.enabled && !remote {
        let warning = Finding::warning("logs.persistence.enabled", "the logs of tasks are kept nowhere", "no volume for logs");
        let warning = warning.note("each task runs in a pod of its own, and its log goes with the pod");
        findings.push(warning.help("set `logs.persistence`, or `config.core.remote_logging` and where to"));
    }
}
