//! Secrets have to exist that the values do not give.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::model::missing::Missing;
use crate::schema::{Path, Schema};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "S103",
    name: "missing-secrets",
    level: Level::Warning,
    what: "Secrets have to exist that the values do not give.",
    why: "The pods would not start; gen never invents a secret.",
    example: Example {
        of: Of::Values,
        refused: "airflowVersion: 3.2.0",
        instead: concat!(
            "airflowVersion: 3.2.0\n",
            "postgresql: {enabled: false}\n",
            "executor: KubernetesExecutor\n",
            "fernetKeySecretName: a\n",
            "apiSecretKeySecretName: b\n",
            "jwtSecretName: c\n",
            "createUserJob: {enabled: false}\n",
            "data: {metadataSecretName: d}\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let missing = subject.known.missing.as_slice();
    let Some(first) = missing.first() else { return };
    let title = match missing {
        [one] => format!("the Secret `{}` has to exist in the namespace `{}`", one.name, one.namespace),
        several if several.iter().all(|one| one.namespace == first.namespace) => {
            format!("{} Secrets have to exist in the namespace `{}`", several.len(), first.namespace)
        }
        several => format!("{} Secrets have to exist", several.len()),
    };
    let label = if first.is_open { "a placeholder, which is not among the manifests" } else { "not given" };
    let warning = found.in_value(first.key.as_str(), title, label);
    for one in missing {
        warning.note(format!("`{}`: {}", one.key, one.command()));
    }
    let one_in_several = missing.iter().enumerate().any(|(index, one)| missing[..index].iter().any(|other| other.key == one.key));
    if one_in_several {
        warning.note("where one key of the values stands twice, the secret is the same in both");
    }
    let fresh = missing.iter().filter(|one| one.fresh.is_some()).count();
    let help = match (fresh, missing.len() - fresh) {
        (0, _) => "",
        (_, 0) => ": `gen secrets ... | kubectl create -f -` does, with fresh values",
        _ => ": `gen secrets ... | kubectl create -f -` does, with fresh values, for those that need no value of yours",
    };
    let make = if missing.len() == 1 { "make it once" } else { "make them once" };
    let mut names: Vec<String> = missing.iter().filter_map(naming_key).map(|key| format!("`{key}`")).collect();
    names.dedup();
    let names = if names.is_empty() { String::new() } else { format!(" ({})", names.join(", ")) };
    let or = format!("or give the values, or the names of Secrets that exist{names}");
    warning.help(format!("{make}{help}; {or}; gen never invents a secret"));
}

/// The key that names a Secret which exists, in the place of the key that would make it.
fn naming_key(missing: &Missing) -> Option<String> {
    let key = missing.key.as_str();
    let is_uri = missing.literals.iter().any(|(name, _)| name == "connection");
    let instead_of = |end: &str| key.strip_suffix(end).map(|stem| format!("{stem}SecretName"));
    let beside = key.rsplit_once('.').map(|(parent, _)| format!("{parent}.secretName"));
    let whole = [
        instead_of("Connection"),
        Some(format!("{key}SecretName")).filter(|_| !is_uri),
        instead_of("Secret"),
        Some(format!("{key}Secret")),
    ];
    let of_broker = Some("data.brokerUrlSecretName".to_owned()).filter(|_| is_uri && !key.contains("Connection"));
    let is_key = |key: &String| Path::of_keys(key).schema(Schema::of(crate::values::schema())).is_some();
    whole.into_iter().chain([of_broker, beside]).flatten().find(is_key)
}
