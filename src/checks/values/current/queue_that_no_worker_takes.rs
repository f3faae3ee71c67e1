//! No worker takes tasks of the queue that tasks are in by default.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::{AirflowOption, Executor, Options};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "X104",
    name: "queue-that-no-worker-takes",
    level: Level::Warning,
    what: "No worker takes tasks of the queue that tasks are in by default.",
    why: "A task whose DAG names no queue waits for ever.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "executor: CeleryExecutor\n",
            "workers: {celery: {enableDefault: false, sets: [{name: etl, queue: etl}]}}\n"
        ),
        instead: concat!(
            "airflowVersion: 3.2.0\n",
            "executor: CeleryExecutor\n",
            "workers: {celery: {enableDefault: false, sets: [{name: etl, queue: etl}]}}\n",
            "config: {operators: {default_queue: etl}}\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let values = subject.values;
    let sets = values.workers.sets();
    // A task that names no executor is the first one's.
    let is_for_celery = matches!(values.executor.list(), [Executor::Celery | Executor::CeleryKubernetes, ..]);
    let Some(usual) = Options::of(values).default_queue().filter(|_| is_for_celery && !sets.is_empty()) else { return };
    let Some(taken) = sets.iter().map(|set| set.worker.queues(&usual)).collect::<Option<Vec<_>>>() else { return };
    // The pods of the other executor take those of its queue.
    let is_of_kubernetes = values.executor.is_hybrid()
        && Options::of(values).heard(AirflowOption::of("celery_kubernetes_executor", "kubernetes_queue")).text() == Some(&*usual);
    if is_of_kubernetes || taken.iter().flatten().any(|queue| *queue == usual) {
        return;
    }
    let taken: Vec<String> = taken.iter().flatten().map(|queue| format!("`{queue}`")).collect();
    found
        .in_value("workers.celery.sets", format!("no worker takes tasks of the queue `{usual}`"), format!("they take {}", taken.join(", ")))
        .note("a task whose DAG names no queue is in that one (Airflow: `[operators] default_queue`)")
        .help("add the queue to a worker's `queue`, or set `config.operators.default_queue` to one that is taken");
}
