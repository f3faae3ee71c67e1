//! PgBouncer is asked for, and the database is no PostgreSQL.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::checks::values::connections;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "D201",
    name: "pool-of-mysql",
    level: Level::Error,
    what: "PgBouncer is asked for, and the database is no PostgreSQL.",
    why: "PgBouncer speaks the protocol of PostgreSQL alone.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "postgresql: {enabled: false}\n",
            "data: {metadataConnection: {protocol: mysql, host: db.example.com, user: airflow, pass: secret}}\n",
            "pgbouncer: {enabled: true}\n"
        ),
        instead: concat!(
            "airflowVersion: 3.2.0\n",
            "postgresql: {enabled: false}\n",
            "data: {metadataConnection: {protocol: mysql, host: db.example.com, user: airflow, pass: secret}}\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let values = subject.values;
    if !values.pgbouncer.enabled {
        return;
    }
    let is_read = |key: &str| key == "data.metadataConnection" || values.executor.uses_celery();
    for (key, connection) in connections(values).filter(|(key, _)| is_read(key)) {
        // That of Celery's results follows the metadata database.
        let protocol = connection.protocol.unwrap_or_else(|| values.data.metadata_connection.protocol());
        if !protocol.is_postgresql() {
            found
                .in_value(format!("{key}.protocol"), "PgBouncer cannot stand in front of this database", "no PostgreSQL")
                .help("set `pgbouncer.enabled: false`");
        }
    }
}
