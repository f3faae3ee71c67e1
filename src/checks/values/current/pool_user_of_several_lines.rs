//! The user of the metadata database has a line break, and stands on one line of PgBouncer's configuration.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "D207",
    name: "pool-user-of-several-lines",
    level: Level::ErrorUnlessForHelm,
    what: "The user of the metadata database has a line break, and stands on one line of PgBouncer's configuration.",
    why: "The rest would be another line of it.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "postgresql: {enabled: false}\n",
            "data: {metadataConnection: {host: db.example.com, user: \"air\\nflow\", pass: secret}}\n",
            "pgbouncer: {enabled: true}\n"
        ),
        instead: concat!(
            "airflowVersion: 3.2.0\n",
            "postgresql: {enabled: false}\n",
            "data: {metadataConnection: {host: db.example.com, user: airflow, pass: secret}}\n",
            "pgbouncer: {enabled: true}\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    const KEY: &str = "data.metadataConnection.user";
    let values = subject.values;
    let user = values.data.metadata_connection.user.as_deref().unwrap_or_default();
    if values.pgbouncer.enabled && values.pgbouncer.config_secret_name.is_none() && user.contains(['\n', '\r']) {
        found
            .in_value(KEY, format!("`{KEY}` has a line break, and stands on one line of PgBouncer's configuration"), "this user")
            .help("let another user log in");
    }
}
