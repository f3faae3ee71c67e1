//! The environment says each thing once, and what workers get of it is something that airflow.cfg can hold.

use std::collections::HashSet;

use super::Finding;
use crate::values::{DataKey, DnsSubdomain, Values, Variable, VariableName};

pub fn check(values: &Values, findings: &mut Vec<Finding>) {
    given_twice("env", &values.env, findings);
    for (section, component) in values.components() {
        if let Some(workload) = component.workload() {
            given_twice(&format!("{section}.env"), &workload.env, findings);
        }
    }
    for (index, secret) in values.secret.iter().enumerate() {
        let key = format!("secret[{index}].envName");
        reserved(&key, &secret.env_name, findings);
        if secret.env_name.chars().any(char::is_lowercase) {
            let warning = Finding::warning(&key, format!("`{key}` is not in upper case"), "this name");
            findings.push(warning.note("workers get it through airflow.cfg, where Airflow 1.10 puts it into upper case"));
        }
        let twice = values.env.iter().any(|variable| variable.0["name"] == *secret.env_name)
            || values.secret[..index].iter().any(|other| other.env_name == secret.env_name);
        if twice {
            findings.push(
                Finding::error(&key, format!("the variable `{}` is given twice", &*secret.env_name), "the second one")
                    .help("drop one of the two"),
            );
        }
    }
    for (index, variable) in values.env.iter().enumerate() {
        let name = variable.0["name"].as_str().unwrap_or_default();
        reserved(&format!("env[{index}].name"), name, findings);
        if !VariableName::takes(name) {
            let key = format!("env[{index}].name");
            findings.push(Finding::error(&key, format!("`{key}` must be {}", VariableName::EXPECTED), "not of that form"));
        }
        let reference = &variable.0["valueFrom"]["secretKeyRef"];
        let of = |key: &str| reference[key].as_str().unwrap_or_default();
        if reference.is_object() && !(DnsSubdomain::takes(of("name")) && DataKey::takes(of("key"))) {
            let key = format!("env[{index}].valueFrom.secretKeyRef");
            let title = format!("`{key}` must have the `name` of a Secret and a `key` that one can have");
            findings.push(Finding::error(&key, title, "not of that form"));
        }
        if variable.0.get("valueFrom").is_some_and(|source| source.get("secretKeyRef").is_none()) {
            let key = format!("env[{index}].valueFrom");
            let warning =
                Finding::warning(&key, format!("the variable `{name}` does not reach the workers"), "neither a value nor a Secret's");
            findings.push(warning.note("they get variables through airflow.cfg, which holds values and names of Secrets alone"));
        }
        let value = variable.0["value"].as_str().unwrap_or_default();
        if value != value.trim() || value.contains(char::is_control) {
            let key = format!("env[{index}].value");
            let title = format!("`{key}` must be one line, without blanks around it");
            let error = Finding::error(&key, title, "this value")
                .note("it reaches the workers through airflow.cfg, which does not keep such a value as it is");
            findings.push(error.help("put the value into a Secret and name it in `secret`"));
        }
    }
}

/// Variables that come from keys of their own.
fn reserved(key: &str, name: &str, findings: &mut Vec<Finding>) {
    let instead = match name {
        "AIRFLOW__CORE__FERNET_KEY" => "fernetKey` or `fernetKeySecretName",
        "AIRFLOW__CORE__SQL_ALCHEMY_CONN" | "AIRFLOW_CONN_AIRFLOW_DB" => "data.metadataConnection` or `data.metadataSecretName",
        _ => return,
    };
    let error = Finding::error(key, format!("the variable `{name}` is one that gen sets"), "given twice");
    findings.push(error.help(format!("set `{instead}` in its place")));
}

fn given_twice(key: &str, variables: &[Variable], findings: &mut Vec<Finding>) {
    let mut seen = HashSet::new();
    for (index, variable) in variables.iter().enumerate() {
        if let Some(name) = variable.0["name"].as_str().filter(|name| !seen.insert(*name)) {
            let error = Finding::error(format!("{key}[{index}]"), format!("`{key}` has the variable `{name}` twice"), "the second one");
            findings.push(error.help("drop one of the two"));
        }
    }
}
