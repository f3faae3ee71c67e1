//! Both a Secret with a password and a Secret with the whole connection are given.

use super::by_password::ByPassword;
use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "D106",
    name: "password-secret-and-whole",
    level: Level::Error,
    what: "Both a Secret with a password and a Secret with the whole connection are given.",
    why: "The password is to be taken from the one, and the connection from the other, which has a password too.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "postgresql: {enabled: false}\n",
            "data:\n",
            "  metadataSecretName: airflow-database\n",
            "  metadataConnection: {host: db.example.com, user: airflow, passSecretName: airflow-password}\n"
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
    for ByPassword { at, whole, .. } in ByPassword::all(subject.values).filter(|one| one.has_whole) {
        let place = format!("{at}.passSecretName");
        found
            .in_value(&place, format!("both `{place}` and `{whole}` are given"), "the password is to be taken from this Secret")
            .drop_one();
    }
}
