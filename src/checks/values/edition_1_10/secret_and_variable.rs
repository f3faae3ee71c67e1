//! A variable that comes from a Secret is given twice.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "E103",
    name: "secret-and-variable",
    level: Level::Error,
    what: "A variable that comes from a Secret is given twice.",
    why: "Only one of the two could be meant.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 1.10.12\n",
            "fernetKeySecretName: airflow-fernet-key\n",
            "data: {metadataSecretName: airflow-database}\n",
            "secret:\n",
            "  - {envName: TOKEN, secretName: airflow, secretKey: key}\n",
            "env: [{name: TOKEN, value: b}]\n"
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
    let values = subject.values;
    for (index, secret) in values.secret.iter().enumerate() {
        let is_variable = values.env.iter().any(|variable| variable.0["name"] == *secret.env_name);
        if is_variable || values.secret[..index].iter().any(|other| other.env_name == secret.env_name) {
            let title = format!("the variable `{}` is given twice", &*secret.env_name);
            found.in_value(format!("secret[{index}].envName"), title, "the second one").help("drop one of the two");
        }
    }
}
