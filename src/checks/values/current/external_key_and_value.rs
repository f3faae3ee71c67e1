//! A secret is given and asked of a store.

use super::asked_keys;
use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "S202",
    name: "external-key-and-value",
    level: Level::Error,
    what: "A secret is given and asked of a store.",
    why: "Only one of the two could be meant.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "fernetKeySecretName: airflow-fernet-key\n",
            "secrets:\n",
            "  externalSecrets:\n",
            "    store: vault\n",
            "    keys: {fernetKey: airflow/fernet}\n"
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
    for (key, path) in asked_keys(subject.values).filter(|(key, _)| known.iter().any(|secret| secret.key == **key && secret.is_given)) {
        found.in_value(path, format!("`{key}` is given and asked of the store"), "the store is asked for it").drop_one();
    }
}
