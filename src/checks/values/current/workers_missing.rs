//! No worker takes the tasks of Celery.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::{Worker, Workers};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "X103",
    name: "workers-missing",
    level: Level::Warning,
    what: "No worker takes the tasks of Celery.",
    why: "The tasks wait in the broker until a worker takes them.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "executor: CeleryExecutor\n", "workers: {celery: {enableDefault: false}}\n"),
        instead: concat!(
            "airflowVersion: 3.2.0\n",
            "executor: CeleryExecutor\n",
            "workers: {celery: {enableDefault: false, sets: [{name: all, queue: default}]}}\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let values = subject.values;
    let sets = values.workers.sets();
    if !values.executor.uses_celery() || sets.iter().any(|set| runs(&set.worker)) {
        return;
    }
    let (key, label, help) = match sets {
        [] => ("workers.celery.enableDefault", "no workers", "set it to `true`, or give workers in `workers.celery.sets`"),
        [set] if *set.name == *Workers::DEFAULT_SET => ("workers.celery.replicas", "no replicas", "set at least one"),
        _ => ("workers.celery.sets", "no replicas", "set at least one of them"),
    };
    found.in_value(key, "no worker takes the tasks of Celery", label).note("they wait in the broker until a worker takes them").help(help);
}

/// Whether pods of a worker run, or an autoscaler may start some.
fn runs(worker: &Worker) -> bool {
    if worker.keda.enabled == Some(true) {
        worker.keda.max_replica_count != Some(0)
    } else {
        worker.replicas != Some(0) || worker.hpa.enabled == Some(true)
    }
}
