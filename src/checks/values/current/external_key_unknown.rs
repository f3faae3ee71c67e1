//! A store is asked for a key that holds no secret.

use super::asked_keys;
use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::schema::nearest;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "S201",
    name: "external-key-unknown",
    level: Level::Error,
    what: "A store is asked for a key that holds no secret.",
    why: "No Secret would be made of what the store has.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "secrets:\n",
            "  externalSecrets:\n",
            "    store: vault\n",
            "    keys: {fernetkey: airflow/fernet}\n"
        ),
        instead: concat!(
            "airflowVersion: 3.2.0\n",
            "secrets:\n",
            "  externalSecrets:\n",
            "    store: vault\n",
            "    keys: {fernetKey: airflow/fernet}\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let known = &subject.known.secrets;
    for (key, path) in asked_keys(subject.values).filter(|(key, _)| !known.iter().any(|secret| secret.key == **key)) {
        let names = known.iter().map(|secret| secret.key.as_str());
        let help = match nearest(key, names.clone()) {
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None => format!("the keys are {}", names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")),
        };
        found.in_value(path, format!("`{key}` is not the key of a secret"), "not a key that holds one").help(help);
    }
}
