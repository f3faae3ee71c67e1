//! Pods of tasks are to be removed on a schedule, and no executor makes any.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::{Need, camel_case};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "O105",
    name: "pods-that-nobody-makes",
    level: Level::Warning,
    what: "Pods of tasks are to be removed on a schedule, and no executor makes any.",
    why: "The CronJob is left out, as the chart does.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "executor: CeleryExecutor\n", "cleanup: {enabled: true}\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "executor: CeleryExecutor,KubernetesExecutor\n", "cleanup: {enabled: true}\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let values = subject.values;
    for (key, component) in values.components() {
        let is_asked_for = component.cron_job().is_some_and(|job| job.enabled) && component.needs().contains(&Need::RemovePods);
        if is_asked_for && !component.enabled(values) {
            let title = format!("`{}` has no effect with the executor `{}`, which makes no pods", camel_case(key), values.executor);
            found
                .in_value(format!("{}.enabled", camel_case(key)), title, "there is nothing to remove")
                .help("drop it, or let an executor make pods of tasks, such as `KubernetesExecutor`");
        }
    }
}
