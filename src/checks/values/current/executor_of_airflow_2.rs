//! The executor is one that Airflow 3 does not have any more.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::{Executor, Values};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "X202",
    name: "executor-of-airflow-2",
    level: Level::Warning,
    what: "The executor is one that Airflow 3 does not have any more.",
    why: "Nothing would run the tasks.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "executor: SequentialExecutor\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "executor: LocalExecutor\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let Values { airflow_version, executor, .. } = subject.values;
    for name in Executor::OF_AIRFLOW_2 {
        if airflow_version.major() >= 3 && executor.list().contains(&Executor::Other(name.to_owned())) {
            found
                .in_value("executor", format!("Airflow {} has no `{name}`", airflow_version.as_str()), "an executor of Airflow 2")
                .help("set `LocalExecutor` in its place");
        }
    }
}
