//! The executor is two in one, which Airflow 3 does not have any more.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::Values;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "X203",
    name: "executors-in-one",
    level: Level::Warning,
    what: "The executor is two in one, which Airflow 3 does not have any more.",
    why: "Airflow 3 takes a list of executors.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "executor: CeleryKubernetesExecutor\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "executor: CeleryExecutor,KubernetesExecutor\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let Values { airflow_version, executor, .. } = subject.values;
    if airflow_version.major() >= 3 && executor.is_hybrid() {
        let title = format!("Airflow {} has no `{executor}`", airflow_version.as_str());
        found
            .in_value("executor", title, "two executors in one")
            .help("name both, with a comma between, such as `CeleryExecutor,KubernetesExecutor`");
    }
}
