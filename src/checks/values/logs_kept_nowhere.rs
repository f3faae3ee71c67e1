//! The logs of tasks are kept nowhere.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::{AirflowOption, Edition, Options};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "O101",
    name: "logs-kept-nowhere",
    level: Level::Warning,
    what: "The logs of tasks are kept nowhere.",
    why: "With the Kubernetes executor each task runs in a pod of its own, and its log goes with the pod. With the Edge executor the API \
          server keeps the logs, and they go with its pod.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "executor: KubernetesExecutor\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "executor: KubernetesExecutor\n", "logs: {persistence: {enabled: true}}\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let values = subject.values;
    let section = if values.edition() == Edition::V1_10 { "core" } else { "logging" };
    let heard = Options::of_each(values, AirflowOption::of(section, "remote_logging"));
    let is_remote = heard.iter().any(|heard| heard.is_true(false) != Some(false));
    let is_kept = values.logs.persistence.enabled
        || is_remote
        || values.elasticsearch.enabled
        || values.opensearch.enabled
        || values.remote_store().is_some();
    let by_pods = values.executor.uses_kubernetes();
    if (by_pods || values.executor.uses_edge() && values.airflow_version.major() >= 3) && !is_kept {
        found
            .in_value("logs.persistence.enabled", "the logs of tasks are kept nowhere", "no volume for logs")
            .note(if by_pods {
                "each task runs in a pod of its own, and its log goes with the pod"
            } else {
                "workers at the edge send them to the API server, and they go with its pod"
            })
            .help(match values.edition() {
                Edition::V1_10 => "set `logs.persistence`, or `config.core.remote_logging` and where to",
                Edition::Current => "set `logs.persistence`, or `logs.remote`",
            });
    }
}
