//! A variable does not reach the workers.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "E107",
    name: "variable-out-of-reach",
    level: Level::Warning,
    what: "A variable does not reach the workers.",
    why: "They get variables through airflow.cfg, which holds values and names of Secrets alone.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 1.10.12\n",
            "fernetKeySecretName: airflow-fernet-key\n",
            "data: {metadataSecretName: airflow-database}\n",
            "env: [{name: A, valueFrom: {fieldRef: {fieldPath: status.podIP}}}]\n"
        ),
        instead: concat!(
            "airflowVersion: 1.10.12\n",
            "fernetKeySecretName: airflow-fernet-key\n",
            "data: {metadataSecretName: airflow-database}\n",
            "env: [{name: A, value: b}]\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    for (index, variable) in subject.values.env.iter().enumerate() {
        if variable.0.get("valueFrom").is_some_and(|source| source.get("secretKeyRef").is_none()) {
            let name = variable.0["name"].as_str().unwrap_or_default();
            found
                .in_value(
                    format!("env[{index}].valueFrom"),
                    format!("the variable `{name}` does not reach the workers"),
                    "neither a value nor a Secret's",
                )
                .note("they get variables through airflow.cfg, which holds values and names of Secrets alone");
        }
    }
}
