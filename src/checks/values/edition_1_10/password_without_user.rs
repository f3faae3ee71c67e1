//! A password of the metadata database is given, and no user.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::model::connection;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "D105",
    name: "password-without-user",
    level: Level::Error,
    what: "A password of the metadata database is given, and no user.",
    why: "A password belongs to a user.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 1.10.12\n",
            "fernetKeySecretName: airflow-fernet-key\n",
            "data: {metadataConnection: {host: db.example.com, pass: secret}}\n"
        ),
        instead: concat!(
            "airflowVersion: 1.10.12\n",
            "fernetKeySecretName: airflow-fernet-key\n",
            "data: {metadataConnection: {host: db.example.com, user: airflow, pass: secret}}\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let connection = &subject.values.data.metadata_connection;
    if connection.pass.is_some() && connection.user.as_deref().is_none_or(str::is_empty) && connection::host(connection).is_some() {
        found.in_value("data.metadataConnection.pass", "`data.metadataConnection` has a `pass` but no `user`", "the password of nobody");
    }
}
