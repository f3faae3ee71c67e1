//! An executor has a plain name that is none of Airflow's own.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::schema::nearest;
use crate::values::Executor;

use super::executor_misspelt;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "X102",
    name: "executor-unknown",
    level: Level::Warning,
    what: "An executor has a plain name that is none of Airflow's own.",
    why: "Airflow does not start: it finds another class by its whole Python path alone.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "executor: DaskExecutor\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "executor: CeleryExecutor\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    // Another rule is about a slip of a known name.
    let is_known = |name: &str| Executor::OF_AIRFLOW_2.contains(&name) || executor_misspelt::meant(name).is_some();
    let others = subject.values.executor.list().iter().filter_map(|executor| match executor {
        Executor::Other(name) if !name.contains('.') && !is_known(name) => Some(name),
        _ => None,
    });
    for name in others {
        let help = match nearest(name, Executor::NAMES.into_iter()) {
            _ if name == "EdgeExecutor" => "give it whole: `airflow.providers.edge3.executors.EdgeExecutor`".to_owned(),
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None => "give the whole Python path of its class".to_owned(),
        };
        found.in_value("executor", format!("`{name}` is none of Airflow's executors"), "not a Python path").help(help);
    }
}
