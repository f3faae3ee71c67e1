//! The value of a variable is not one line, or has blanks around it.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "E108",
    name: "variable-of-several-lines",
    level: Level::Error,
    what: "The value of a variable is not one line, or has blanks around it.",
    why: "It reaches the workers through airflow.cfg, which does not keep such a value as it is.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 1.10.12\n",
            "fernetKeySecretName: airflow-fernet-key\n",
            "data: {metadataSecretName: airflow-database}\n",
            "env: [{name: A, value: \"b \"}]\n"
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
        let value = variable.0["value"].as_str().unwrap_or_default();
        if value != value.trim() || value.contains(char::is_control) {
            let key = format!("env[{index}].value");
            found
                .in_value(&key, format!("`{key}` must be one line, without blanks around it"), "this value")
                .note("it reaches the workers through airflow.cfg, which does not keep such a value as it is")
                .help("put the value into a Secret and name it in `secret`");
        }
    }
}
