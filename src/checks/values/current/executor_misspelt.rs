//! An executor has almost the name of one of Airflow's own.

use strsim::osa_distance;

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::Executor;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "X114",
    name: "executor-misspelt",
    level: Level::Error,
    what: "An executor has almost the name of one of Airflow's own.",
    why: "Airflow does not start, and what the executor needs (workers, a broker, rights to make pods) would be missing besides.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "executor: CelaryExecutor\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "executor: CeleryExecutor\n"),
    },
    check: Check::Values(check),
};

/// The most letters that a slip of a name differs in.
const SLIP: usize = 2;

fn check(subject: &Subject<'_>, found: &mut Findings) {
    for executor in subject.values.executor.list() {
        if let Executor::Other(name) = executor
            && let Some(meant) = meant(name)
        {
            found
                .in_value("executor", format!("`{name}` is none of Airflow's executors"), "not a Python path")
                .help(format!("did you mean `{meant}`?"));
        }
    }
}

/// The executor of Airflow's own whose name is a slip or two away.
pub(super) fn meant(name: &str) -> Option<&'static str> {
    let known = Executor::NAMES.into_iter().chain(Executor::OF_AIRFLOW_2);
    let (distance, nearest) = known.map(|known| (osa_distance(name, known), known)).min_by_key(|(distance, _)| *distance)?;
    (1..=SLIP).contains(&distance).then_some(nearest)
}
