//! A placeholder is base64.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::model::placeholders::Placeholder;
use crate::model::secret_data::SecretData;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "S101",
    name: "placeholder-of-base64",
    level: Level::Error,
    what: "A placeholder is base64.",
    why: "The API server would take it for the secret itself.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 1.10.12\n",
            "data: {metadataSecretName: airflow-database}\n",
            "fernetKey: {placeholder: c2VjcmV0}\n"
        ),
        instead: concat!(
            "airflowVersion: 1.10.12\n",
            "data: {metadataSecretName: airflow-database}\n",
            "fernetKey: {placeholder: fill me in}\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    for Placeholder { key, .. } in subject.known.placeholders.iter().filter(|placeholder| is_base64(placeholder)) {
        let place = format!("{key}.placeholder");
        found
            .in_value(&place, format!("`{place}` is base64"), "not to be told from a real value")
            .note("the API server would take it for the secret itself")
            .help("for a placeholder choose a text with a blank in it; a real value is given plain, and gen encodes it");
    }
}

/// Whether a placeholder stands by itself and cannot be told from a secret.
pub(super) fn is_base64(placeholder: &Placeholder) -> bool {
    matches!(&placeholder.data, SecretData::Placeholder(text) if BASE64_STANDARD.decode(text).is_ok_and(|bytes| !bytes.is_empty()))
}
