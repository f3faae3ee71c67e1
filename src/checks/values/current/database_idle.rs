//! The bundled PostgreSQL runs, and nobody talks to it.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "B101",
    name: "database-idle",
    level: Level::Warning,
    what: "The bundled PostgreSQL runs, and nobody talks to it.",
    why: "The connection leads to another database.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "data: {metadataSecretName: airflow-database}\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "postgresql: {enabled: false}\n", "data: {metadataSecretName: airflow-database}\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let (database, data) = (&subject.values.postgresql, &subject.values.data);
    let is_named = data.metadata_connection.host.as_deref().is_some_and(|host| database.is_at(host, subject.values));
    if database.enabled && data.has_own_database() && !is_named {
        found
            .in_value("data.metadataConnection.host", "the bundled PostgreSQL runs, and nobody talks to it", "another database")
            .help("set `postgresql.enabled: false`");
    }
}
