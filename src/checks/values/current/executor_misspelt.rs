//! An executor's name is almost one of Airflow's own.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::schema::nearest;
use crate::values::Executor;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "X102",
    name: "executor-misspelt",
    level: Level::Warning,
    what: "An executor's name is almost one of Airflow's own.",
    why: "It is taken for a class of the user's, for which nothing is rendered.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "executor: CelaryExecutor\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "executor: CeleryExecutor\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    // Airflow 2's own, which the edition has no pods for.
    let others = subject.values.executor.list().iter().filter_map(|executor| match executor {
        Executor::Other(name) if !name.contains('.') && name != "SequentialExecutor" => Some(name),
        _ => None,
    });
    for (name, nearest) in others.filter_map(|name| Some((name, nearest(name, Executor::NAMES.into_iter())?))) {
        found
            .in_value("executor", format!("`{name}` is none of Airflow's executors"), "taken for a class of your own")
            .help(format!("did you mean `{nearest}`?"));
    }
}
