//! A Secret with a password is named, and no host of a database.

use super::by_password::ByPassword;
use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "D108",
    name: "password-secret-without-host",
    level: Level::Error,
    what: "A Secret with a password is named, and no host of a database.",
    why: "The password would be that of a database which nothing names.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "postgresql: {enabled: false}\n",
            "data: {metadataConnection: {user: airflow, passSecretName: airflow-password}}\n"
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
    for ByPassword { at, connection, through_proxy, .. } in ByPassword::all(subject.values) {
        if connection.host.is_none() && !through_proxy {
            found
                .in_value(format!("{at}.passSecretName"), format!("`{at}` has no `host`"), "the password of a database somewhere")
                .help(format!("set `{at}.host` to the database server's name"));
        }
    }
}
