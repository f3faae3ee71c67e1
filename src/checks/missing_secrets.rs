//! Secrets that pods need and the values do not give: they have to exist.

use super::Finding;
use crate::model::Model;
use crate::model::missing::{FILE, Missing};

pub fn check(model: &Model, findings: &mut Vec<Finding>) {
    let missing = model.known.missing.as_slice();
    let Some(first) = missing.first() else { return };
    let title = match missing {
        [one] => format!("a Secret has to exist in the namespace `{}`", one.namespace),
        several if several.iter().all(|one| one.namespace == first.namespace) => {
            format!("{} Secrets have to exist in the namespace `{}`", several.len(), first.namespace)
        }
        several => format!("{} Secrets have to exist", several.len()),
    };
    let mut warning = Finding::warning(first.key.as_str(), title, "not given");
    for Missing { key, name, namespace, literals, .. } in missing {
        let option = |value: &str| if value == FILE { "--from-file" } else { "--from-literal" };
        let quoted = |value: &str| shlex::try_quote(value).map_or_else(|_| value.to_owned(), std::borrow::Cow::into_owned);
        let literals: String = literals.iter().map(|(key, value)| format!(" {}={key}={}", option(value), quoted(value))).collect();
        warning = warning.note(format!("`{key}`: kubectl create secret generic {name} -n {namespace}{literals}"));
    }
    let one_in_several = missing.iter().enumerate().any(|(index, one)| missing[..index].iter().any(|other| other.key == one.key));
    if one_in_several {
        warning = warning.note("where one key of the values stands twice, the secret is the same in both");
    }
    let fresh = missing.iter().filter(|one| one.fresh.is_some()).count();
    let help = match (fresh, missing.len() - fresh) {
        (0, _) => "",
        (_, 0) => ": `gen secrets ... | kubectl create -f -` does, with fresh values",
        _ => ": `gen secrets ... | kubectl create -f -` does, with fresh values, for those that need no value of yours",
    };
    let make = if missing.len() == 1 { "make it once" } else { "make them once" };
    let or = "or give the values, or the names of Secrets that exist";
    findings.push(warning.help(format!("{make}{help}; {or}; gen never invents a secret")));
}
