//! Both a Secret with a password and a password are given.

use super::by_password::ByPassword;
use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "D107",
    name: "password-secret-and-password",
    level: Level::Error,
    what: "Both a Secret with a password and a password are given.",
    why: "The password is to be taken from the Secret, and the other one would be ignored in silence.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "postgresql: {enabled: false}\n",
            "data:\n",
            "  metadataConnection: {host: db.example.com, user: airflow, pass: secret, passSecretName: airflow-password}\n"
        ),
        instead: concat!(
            "airflowVersion: 3.2.0\n",
            "postgresql: {enabled: false}\n",
            "data:\n",
            "  metadataConnection: {host: db.example.com, user: airflow, passSecretName: airflow-password}\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    for ByPassword { at, connection, .. } in ByPassword::all(subject.values) {
        // The chart's default is not a password that anybody chose.
        if connection.pass.as_ref().is_some_and(|pass| !pass.is_empty() && pass.text() != Some("postgres")) {
            let place = format!("{at}.passSecretName");
            found
                .in_value(&place, format!("both `{place}` and `{at}.pass` are given"), "the password is to be taken from this Secret")
                .drop_one();
        }
    }
}
