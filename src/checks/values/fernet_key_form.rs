//! The fernet key is not one that Airflow can use.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::model::fernet;
use crate::values::SecretValue;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "K102",
    name: "fernet-key-form",
    level: Level::Error,
    what: "The fernet key is not one that Airflow can use.",
    why: "A fernet key is 32 bytes in URL-safe base64; with any other text Airflow cannot read or write its connections.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "fernetKey: secret\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "fernetKey: Mark3dSecretThatMustNeverBeShownAnywhereXww=\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    if let Some(SecretValue::Text(key)) = &subject.values.keys.fernet_key
        && let Some(fault) = fernet::fault(key)
    {
        found
            .in_value("fernetKey", "`fernetKey` is not a fernet key", "this value")
            .note(fault)
            .help("`gen fernet-key` prints one, as Python's `Fernet.generate_key()` makes it");
    }
}
