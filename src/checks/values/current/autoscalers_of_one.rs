//! Workers have an autoscaler of KEDA, and one that follows metrics.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::schema::Path;
use crate::values::Worker;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "O112",
    name: "autoscalers-of-one",
    level: Level::Warning,
    what: "Workers have an autoscaler of KEDA, and one that follows metrics.",
    why: "KEDA's counts, as in the chart: two autoscalers of one workload would undo each other's work.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "executor: CeleryExecutor\n",
            "workers: {celery: {keda: {enabled: true}, hpa: {enabled: true}}}\n"
        ),
        instead: concat!("airflowVersion: 3.2.0\n", "executor: CeleryExecutor\n", "workers: {celery: {keda: {enabled: true}}}\n"),
    },
    check: Check::Values(check),
};

/// Where workers say that they want one that follows metrics.
const KEYS: [&str; 2] = ["workers.celery.hpa.enabled", "workers.hpa.enabled"];

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let values = subject.values;
    let has_both = |worker: &Worker| worker.keda.enabled == Some(true) && worker.hpa.enabled == Some(true);
    if values.executor.uses_celery() && values.workers.sets().iter().any(|set| has_both(&set.worker)) {
        let said = KEYS.into_iter().find(|key| Path::of_keys(key).get(subject.given).is_some());
        found
            .in_value(said.unwrap_or("workers.celery.sets"), "KEDA scales the workers, and `hpa` has no effect beside it", "without effect")
            .help("drop one of the two");
    }
}
