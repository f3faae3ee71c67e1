//! A variable is one that gen sets.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "E104",
    name: "variable-of-gen",
    level: Level::Error,
    what: "A variable is one that gen sets.",
    why: "It comes from a key of its own, and would be given twice.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 1.10.12\n",
            "fernetKeySecretName: airflow-fernet-key\n",
            "data: {metadataSecretName: airflow-database}\n",
            "env: [{name: AIRFLOW__CORE__FERNET_KEY, value: secret}]\n"
        ),
        instead: concat!(
            "airflowVersion: 1.10.12\n",
            "fernetKeySecretName: airflow-fernet-key\n",
            "data: {metadataSecretName: airflow-database}\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let values = subject.values;
    let of_secrets = values.secret.iter().enumerate().map(|(index, secret)| (format!("secret[{index}].envName"), &*secret.env_name));
    let names = values.env.iter().map(|variable| variable.0["name"].as_str().unwrap_or_default());
    let of_variables = names.enumerate().map(|(index, name)| (format!("env[{index}].name"), name));
    for (key, name) in of_secrets.chain(of_variables) {
        let instead = match name {
            "AIRFLOW__CORE__FERNET_KEY" => "fernetKey` or `fernetKeySecretName",
            "AIRFLOW__CORE__SQL_ALCHEMY_CONN" | "AIRFLOW_CONN_AIRFLOW_DB" => "data.metadataConnection` or `data.metadataSecretName",
            _ => continue,
        };
        found
            .in_value(key, format!("the variable `{name}` is one that gen sets"), "given twice")
            .help(format!("set `{instead}` in its place"));
    }
}
