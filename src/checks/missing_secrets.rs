//! Secrets that pods need and the values do not give: they have to exist.

use super::Finding;
use crate::model::current::{Missing, missing_secrets};
use crate::values::Values;

pub fn check(values: &Values, findings: &mut Vec<Finding>) {
    let (namespace, missing) = missing_secrets(values);
    if missing.is_empty() {
        return;
    }
    let title = match missing.len() {
        1 => format!("a Secret has to exist in the namespace `{namespace}`"),
        several => format!("{several} Secrets have to exist in the namespace `{namespace}`"),
    };
    let mut warning = Finding::warning(missing[0].key, title, "not given");
    for Missing { key, name, data_key, example } in &missing {
        warning = warning.note(format!("`{key}`: kubectl create secret generic {name} -n {namespace} --from-literal={data_key}={example}"));
    }
    findings.push(warning.help("make them once, or give the values or the names of Secrets that exist; gen never invents a secret"));
}
