//! No database is given, and the bundled one is not wanted.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::Delivery;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "B106",
    name: "database-missing",
    level: Level::Warning,
    what: "No database is given, and the bundled one is not wanted.",
    why: "The connection leads to the bundled PostgreSQL all the same, as it does with Helm.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "delivery: helm\n", "postgresql: {enabled: false}\n"),
        instead: concat!(
            "airflowVersion: 3.2.0\n",
            "delivery: helm\n",
            "postgresql: {enabled: false}\n",
            "data: {metadataSecretName: airflow-database}\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let values = subject.values;
    let is_given = values.data.has_own_database() || values.data.metadata_connection.open_placeholder().is_some();
    // Every other way asks for the Secret by its name.
    if values.delivery == Delivery::Helm && !values.postgresql.enabled && !is_given {
        found
            .in_value("postgresql.enabled", "no database is given", "the bundled one is not wanted")
            .note("the connection leads to the bundled PostgreSQL all the same")
            .help("set `data.metadataConnection.host`, `.user` and `.pass`, or `data.metadataSecretName`");
    }
}
