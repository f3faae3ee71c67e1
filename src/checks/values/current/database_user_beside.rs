//! The bundled PostgreSQL is to have a user beside the one that connects.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "B107",
    name: "database-user-beside",
    level: Level::Warning,
    what: "The bundled PostgreSQL is to have a user beside the one that connects.",
    why: "The official image makes one user, and Airflow connects as `postgres`; Bitnami's image makes both.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "postgresql: {auth: {username: airflow, password: secret}}\n"),
        instead: concat!(
            "airflowVersion: 3.2.0\n",
            "postgresql: {auth: {username: airflow, password: secret}}\n",
            "data: {metadataConnection: {user: airflow, pass: secret}}\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let values = subject.values;
    let (wanted, user) = (values.postgresql.auth.username.as_deref(), values.postgresql.user(values));
    if let Some(wanted) = wanted.filter(|wanted| *wanted != user && values.postgresql.is_used(values)) {
        found
            .in_value(
                "postgresql.auth.username",
                format!("the bundled PostgreSQL has no user `{wanted}` beside `{user}`"),
                "without effect",
            )
            .note("the official image makes one user, and Airflow connects as `postgres`")
            .help(format!("leave it out, or set `data.metadataConnection.user: {wanted}`, with its password"));
    }
}
