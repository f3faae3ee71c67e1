//! Both a connection to the metadata database and a Secret that holds one are given.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::model::connection;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "D101",
    name: "connection-and-secret",
    level: Level::Error,
    what: "Both a connection to the metadata database and a Secret that holds one are given.",
    why: "The connection is to be taken from the Secret, and the other one would be ignored in silence.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 1.10.12\n",
            "fernetKeySecretName: airflow-fernet-key\n",
            "data:\n",
            "  metadataSecretName: airflow-database\n",
            "  metadataConnection: {host: db.example.com, user: airflow}\n"
        ),
        instead: concat!(
            "airflowVersion: 1.10.12\n",
            "fernetKeySecretName: airflow-fernet-key\n",
            "data: {metadataSecretName: airflow-database}\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let data = &subject.values.data;
    let connection = &data.metadata_connection;
    if data.existing_secret().is_some() && (connection::host(connection).is_some() || connection.open_placeholder().is_some()) {
        found
            .in_value(
                "data.metadataSecretName",
                "both `data.metadataSecretName` and `data.metadataConnection` are given",
                "the connection is to be taken from this Secret",
            )
            .drop_one();
    }
}
