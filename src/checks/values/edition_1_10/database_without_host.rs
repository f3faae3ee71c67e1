//! A user or password of the metadata database is given, and no host.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::model::connection;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "D104",
    name: "database-without-host",
    level: Level::Error,
    what: "A user or password of the metadata database is given, and no host.",
    why: "There would be nothing to connect to.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 1.10.12\n",
            "fernetKeySecretName: airflow-fernet-key\n",
            "data: {metadataConnection: {user: airflow, pass: secret}}\n"
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
    let data = &subject.values.data;
    let connection = &data.metadata_connection;
    let is_elsewhere =
        connection::host(connection).is_some() || connection.open_placeholder().is_some() || data.existing_secret().is_some();
    if !is_elsewhere && (connection.user.is_some() || connection.pass.is_some()) {
        let given = if connection.user.is_some() { "user" } else { "pass" };
        found
            .in_value(format!("data.metadataConnection.{given}"), "`data.metadataConnection` has no `host`", "given without a host")
            .help("set `data.metadataConnection.host` to the database server's name");
    }
}
