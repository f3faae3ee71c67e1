//! A store is asked for a secret that nobody reads.

use super::asked_keys;
use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "S203",
    name: "external-key-unread",
    level: Level::Warning,
    what: "A store is asked for a secret that nobody reads.",
    why: "No ExternalSecret is made for it.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "secrets:\n",
            "  externalSecrets:\n",
            "    store: vault\n",
            "    keys: {webserverSecretKey: airflow/fernet}\n"
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
    let is_unread = |key: &str| subject.known.secrets.iter().any(|secret| secret.key == key && !secret.is_given && !secret.is_wanted);
    for (key, path) in asked_keys(subject.values).filter(|(key, _)| is_unread(key)) {
        found.in_value(path, format!("nobody reads `{key}`"), "no ExternalSecret is made for it").help("leave it out");
    }
}
