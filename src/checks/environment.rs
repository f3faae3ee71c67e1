//! The environment says each thing once, and what workers get of it is something that airflow.cfg can hold.

use std::collections::HashSet;

use super::Finding;
use crate::values::{DataKey, DnsSubdomain, Values, Variable, VariableName};

pub fn check(values: &Values, findings: &mut Vec<Finding>) {
    given_twice("env", &values.env, findings);
    for (section, component) in values.components() {
        given_twice(&format!("{section}.env"), component.env(), findings);
    }
    for (index, variable) in values.env.iter().enumerate() {
        let name = variable.0["name"].as_str().unwrap_or_default();
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

fn given_twice(key: &str, variables: &[Variable], findings: &mut Vec<Finding>) {
    let mut seen = HashSet::new();
    for (index, variable) in variables.iter().enumerate() {
        if let Some(name) = variable.0["name"].as_str().filter(|name| !seen.insert(*name)) {
            let error = Finding::error(format!("{key}[{index}]"), format!("`{key}` has the variable `{name}` twice"), "the second one");
            findings.push(error.help("drop one of the two"));
        }
    }
}
