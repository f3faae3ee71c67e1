//! KEDA takes what stands after a colon in the user's name for the password.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "D116",
    name: "keda-user-with-colon",
    level: Level::Error,
    what: "KEDA takes what stands after a colon in the user's name for the password.",
    why: "The address of a MySQL, as Go's driver reads it, has no way to write a colon in a user's name.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "postgresql: {enabled: false}\n",
            "data: {metadataConnection: {protocol: mysql, host: database.example.com, user: \"air:flow\", passSecretName: airflow-database}}\n",
            "triggerer: {keda: {enabled: true}}\n"
        ),
        instead: concat!(
            "airflowVersion: 3.2.0\n",
            "postgresql: {enabled: false}\n",
            "data: {metadataConnection: {protocol: mysql, host: database.example.com, user: airflow, passSecretName: airflow-database}}\n",
            "triggerer: {keda: {enabled: true}}\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let connection = &subject.values.data.metadata_connection;
    let has_colon = connection.user.as_deref().is_some_and(|user| user.contains(':'));
    if subject.known.keda.asks && connection.protocol().is_mysql() && has_colon {
        found
            .in_value("data.metadataConnection.user", "KEDA cannot log in to a MySQL as a user with a colon in the name", "has a colon")
            .help("give a user without a colon, or switch off the autoscaler (`keda.enabled`)");
    }
}
