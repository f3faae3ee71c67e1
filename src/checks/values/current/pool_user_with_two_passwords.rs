//! A user logs in to two databases with two passwords, through one PgBouncer.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::SecretValue;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "D204",
    name: "pool-user-with-two-passwords",
    level: Level::ErrorUnlessForHelm,
    what: "A user logs in to two databases with two passwords, through one PgBouncer.",
    why: "A user's name stands in PgBouncer's `users.txt` with one password.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "postgresql: {enabled: false}\n",
            "executor: CeleryExecutor\n",
            "data:\n",
            "  metadataConnection: {host: one.example.com, user: airflow, pass: secret}\n",
            "  resultBackendConnection: {host: two.example.com, user: airflow, pass: other, db: results}\n",
            "pgbouncer: {enabled: true}\n"
        ),
        instead: concat!(
            "airflowVersion: 3.2.0\n",
            "postgresql: {enabled: false}\n",
            "executor: CeleryExecutor\n",
            "data:\n",
            "  metadataConnection: {host: one.example.com, user: airflow, pass: secret}\n",
            "  resultBackendConnection: {host: two.example.com, user: results, pass: other, db: results}\n",
            "pgbouncer: {enabled: true}\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let values = subject.values;
    let data = &values.data;
    let Some(results) = data.result_backend_connection.as_ref().filter(|_| values.executor.uses_celery()) else { return };
    let is_gens = values.pgbouncer.enabled && values.pgbouncer.config_secret_name.is_none();
    let passwords = [&data.metadata_connection, results].map(|keys| keys.pass.as_ref().and_then(SecretValue::text));
    let by_values = data.metadata_connection.pass_secret_name.is_none() && results.pass_secret_name.is_none();
    if is_gens && by_values && data.metadata_connection.user == results.user && passwords[0] != passwords[1] {
        found
            .in_value(
                "data.resultBackendConnection.pass",
                "one user has two passwords, and PgBouncer knows one of each",
                "another than the metadata database's",
            )
            .help("let another user log in to the database of Celery's results, or give the user the same password there");
    }
}
