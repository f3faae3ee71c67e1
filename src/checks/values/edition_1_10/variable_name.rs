//! The name of a variable is malformed.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::kubernetes::{PLAIN_NAME, is_plain_name};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "E105",
    name: "variable-name",
    level: Level::Error,
    what: "The name of a variable is malformed.",
    why: "Workers get it through airflow.cfg, which takes no other names.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 1.10.12\n",
            "fernetKeySecretName: airflow-fernet-key\n",
            "data: {metadataSecretName: airflow-database}\n",
            "env: [{name: 2A, value: c}]\n"
        ),
        instead: concat!(
            "airflowVersion: 1.10.12\n",
            "fernetKeySecretName: airflow-fernet-key\n",
            "data: {metadataSecretName: airflow-database}\n",
            "env: [{name: A2, value: c}]\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    for (index, variable) in subject.values.env.iter().enumerate() {
        if !is_plain_name(variable.0["name"].as_str().unwrap_or_default()) {
            let key = format!("env[{index}].name");
            found.in_value(&key, format!("`{key}` must be {PLAIN_NAME}"), "not of that form");
        }
    }
}
