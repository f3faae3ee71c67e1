//! A Job is neither a hook nor named by what it does, and cannot be changed while it is there.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::{Delivery, camel_case};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "O104",
    name: "job-as-it-is",
    level: Level::Warning,
    what: "A Job is neither a hook nor named by what it does, and cannot be changed while it is there.",
    why: "The API server takes no change of what a Job does: with other values the next apply fails.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "delivery: helm\n", "migrateDatabaseJob: {useHelmHooks: false}\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "delivery: kubectl\n", "migrateDatabaseJob: {useHelmHooks: false}\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let values = subject.values;
    for (key, component) in values.components() {
        let is_plain = component.job().is_some_and(|(job, _)| !job.use_helm_hooks);
        if values.delivery == Delivery::Helm && component.enabled(values) && is_plain {
            found.in_value(format!("{}.useHelmHooks", camel_case(key)), "the Job cannot be changed while it is there", "not a hook").help(
                "delete the Job before other values are applied; every other `delivery` gives a changed Job another name, or replaces it",
            );
        }
    }
}
