//! Deferred tasks of a queue wait for ever.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::Options;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "O117",
    name: "queue-that-no-triggerer-takes",
    level: Level::Warning,
    what: "Deferred tasks of a queue wait for ever.",
    why: "Where triggers have queues, each has that of its task, and the default triggerer takes those without one alone.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.2\n", "triggerer: {sets: [{name: etl, queues: [etl]}]}\n"),
        instead: concat!("airflowVersion: 3.2.2\n", "triggerer: {sets: [{name: etl, queues: [etl]}, {name: others, queues: [default]}]}\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let values = subject.values;
    let keys = &values.triggerer;
    let Some(usual) = Options::of(values).default_queue().filter(|_| keys.has_queues()) else { return };
    let of_workers = if values.executor.uses_celery() { values.workers.sets() } else { &[] };
    let mut queues: Vec<String> = of_workers.iter().filter_map(|set| set.worker.queues(&usual)).flatten().collect();
    queues.push(usual.into_owned());
    queues.sort();
    queues.dedup();
    queues.retain(|queue| !keys.sets.iter().any(|set| set.queues.iter().any(|taken| **taken == **queue)));
    for queue in queues {
        found
            .in_value("triggerer.sets", format!("no triggerer takes triggers of the queue `{queue}`"), "none of these")
            .note("the default triggerer takes triggers without a queue alone")
            .help("add the queue to the `queues` of a set");
    }
}
