//! A variable that comes from a Secret is not in upper case.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "E102",
    name: "secret-in-lower-case",
    level: Level::Warning,
    what: "A variable that comes from a Secret is not in upper case.",
    why: "Workers get it through airflow.cfg, where Airflow 1.10 puts it into upper case.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 1.10.12\n",
            "fernetKeySecretName: airflow-fernet-key\n",
            "data: {metadataSecretName: airflow-database}\n",
            "secret:\n",
            "  - {envName: token, secretName: airflow, secretKey: key}\n"
        ),
        instead: concat!(
            "airflowVersion: 1.10.12\n",
            "fernetKeySecretName: airflow-fernet-key\n",
            "data: {metadataSecretName: airflow-database}\n",
            "secret:\n",
            "  - {envName: TOKEN, secretName: airflow, secretKey: key}\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    for (index, secret) in subject.values.secret.iter().enumerate() {
        if secret.env_name.chars().any(char::is_lowercase) {
            let key = format!("secret[{index}].envName");
            found
                .in_value(&key, format!("`{key}` is not in upper case"), "this name")
                .note("workers get it through airflow.cfg, where Airflow 1.10 puts it into upper case");
        }
    }
}
