//! The keytab is not given in base64.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::SecretValue;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "K202",
    name: "keytab-form",
    level: Level::Error,
    what: "The keytab is not given in base64.",
    why: "It goes into the Secret as it is, and the API server refuses what is not base64.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "kerberos: {enabled: true, keytabBase64Content: key-of-airflow}\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "kerberos: {enabled: true, keytabBase64Content: BQIAAABF}\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let keys = &subject.values.kerberos;
    let Some(SecretValue::Text(text)) = keys.keytab_base64_content.as_ref().filter(|_| keys.enabled) else { return };
    let unbroken: String = text.split_whitespace().collect();
    if BASE64_STANDARD.decode(unbroken).is_err() {
        let key = "kerberos.keytabBase64Content";
        found.in_value(key, format!("`{key}` is not base64"), "not base64").help("`base64 FILE` shows a keytab so");
    }
}
