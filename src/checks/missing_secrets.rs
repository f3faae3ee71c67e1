//! Secrets that pods need and the values do not give: they have to exist.

use super::Finding;
use crate::model::missing::{Missing, missing_secrets};
use crate::values::Values;

pub fn check(values: &Values, findings: &mut Vec<Finding>) {
    let missing = missing_secrets(values);
    let Some(first) = missing.first() else { return };
    let title = match missing.as_slice() {
        [one] => format!("a Secret has to exist in the namespace `{}`", one.namespace),
        several if several.iter().all(|one| one.namespace == first.namespace) => {
            format!("{} Secrets have to exist in the namespace `{}`", several.len(), first.namespace)
        }
        several => format!("{} Secrets have to exist", several.len()),
    };
    let mut warning = Finding::warning(first.key.as_str(), title, "not given");
    for Missing { key, name, namespace, literals, .. } in &missing {
        let literals: String = literals.iter().map(|(key, value)| format!(" --from-literal={key}={value}")).collect();
        warning = warning.note(format!("`{key}`: kubectl create secret generic {name} -n {namespace}{literals}"));
    }
    let fresh = missing.iter().filter(|one| one.fresh.is_some()).count();
    let help = match (fresh, missing.len() - fresh) {
        (0, _) => "make them once",
        (_, 0) => "make them once: `gen secrets ... | kubectl create -f -` does, with fresh values",
        _ => "make them once: `gen secrets ... | kubectl create -f -` does, with fresh values, for those that need no value of yours",
    };
    findings.push(warning.help(format!("{help}; or give the values, or the names of Secrets that exist; gen never invents a secret")));
}
