//! The Secret or the key that a variable comes from is malformed.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::{DataKey, DnsSubdomain};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "E106",
    name: "variable-of-secret",
    level: Level::Error,
    what: "The Secret or the key that a variable comes from is malformed.",
    why: "Workers get it through airflow.cfg, which takes no other names.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 1.10.12\n",
            "fernetKeySecretName: airflow-fernet-key\n",
            "data: {metadataSecretName: airflow-database}\n",
            "env: [{name: A, valueFrom: {secretKeyRef: {name: A_B, key: c}}}]\n"
        ),
        instead: concat!(
            "airflowVersion: 1.10.12\n",
            "fernetKeySecretName: airflow-fernet-key\n",
            "data: {metadataSecretName: airflow-database}\n",
            "env: [{name: A, valueFrom: {secretKeyRef: {name: airflow, key: c}}}]\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    for (index, variable) in subject.values.env.iter().enumerate() {
        let reference = &variable.0["valueFrom"]["secretKeyRef"];
        let of = |key: &str| reference[key].as_str().unwrap_or_default();
        if reference.is_object() && !(DnsSubdomain::takes(of("name")) && DataKey::takes(of("key"))) {
            let key = format!("env[{index}].valueFrom.secretKeyRef");
            let title = format!("`{key}` must have the `name` of a Secret and a `key` that one can have");
            found.in_value(&key, title, "not of that form");
        }
    }
}
