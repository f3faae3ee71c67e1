//! No scheduler runs, which has the executor in it.

use super::why_idle;
use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "X106",
    name: "scheduler-missing",
    level: Level::Warning,
    what: "No scheduler runs, which has the executor in it.",
    why: "Nobody starts a task, unless a scheduler runs elsewhere.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "scheduler: {enabled: false}\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "scheduler: {enabled: true}\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let keys = &subject.values.scheduler;
    if let Some((key, label)) = why_idle(keys.enabled, keys.replicas) {
        found
            .in_value(format!("scheduler.{key}"), "no scheduler runs, and nobody starts a task", label)
            .help("run one, unless one runs elsewhere on this database");
    }
}
