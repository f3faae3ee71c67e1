//! Both a fernet key and a Secret that holds one are given.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "K101",
    name: "fernet-key-and-secret",
    level: Level::Warning,
    what: "Both a fernet key and a Secret that holds one are given.",
    why: "The key is to be taken from the Secret, and the other one is not read.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "fernetKey: Mark3dSecretThatMustNeverBeShownAnywhereXww=\n",
            "fernetKeySecretName: airflow-fernet-key\n"
        ),
        instead: concat!("airflowVersion: 3.2.0\n", "fernetKeySecretName: airflow-fernet-key\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let keys = &subject.values.keys;
    if keys.existing_fernet_key_secret().is_some() && keys.fernet_key.is_some() {
        found
            .in_value("fernetKey", "`fernetKey` has no effect beside `fernetKeySecretName`", "not read")
            .note("the key is taken from the Secret, as with Helm")
            .help("leave it out, or the name of the Secret");
    }
}
