//! The executor is not one that edition 1.10 has.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::Executor;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "X101",
    name: "executor-of-others",
    level: Level::Error,
    what: "The executor is not one that edition 1.10 has.",
    why: "The edition makes the stack of the Kubernetes executor, and no other.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 1.10.12\n",
            "fernetKeySecretName: airflow-fernet-key\n",
            "data: {metadataSecretName: airflow-database}\n",
            "executor: CeleryExecutor\n"
        ),
        instead: concat!(
            "airflowVersion: 1.10.12\n",
            "fernetKeySecretName: airflow-fernet-key\n",
            "data: {metadataSecretName: airflow-database}\n",
            "executor: KubernetesExecutor\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let values = subject.values;
    if values.executor.list() != [Executor::Kubernetes] {
        let title = format!("edition {} has no `{}`", values.edition().name(), values.executor);
        found.in_value("executor", title, "another executor").help("set `KubernetesExecutor`, or `airflowVersion` to 2.11 or 3");
    }
}
