//! The bundled PostgreSQL has another password than the connection to it.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::{Delivery, SecretValue};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "B104",
    name: "database-password",
    level: Level::Error,
    what: "The bundled PostgreSQL has another password than the connection to it.",
    why: "Nobody could log in.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "postgresql: {auth: {username: airflow, password: secret}}\n",
            "data: {metadataConnection: {user: airflow, pass: other}}\n"
        ),
        instead: concat!(
            "airflowVersion: 3.2.0\n",
            "postgresql: {auth: {username: airflow, password: secret}}\n",
            "data: {metadataConnection: {user: airflow, pass: null}}\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    const KEY: &str = "data.metadataConnection";
    let values = subject.values;
    let connection = &values.data.metadata_connection;
    let is_of_the_user = values.postgresql.user(values) == connection.user.as_deref().unwrap_or_default();
    if values.delivery == Delivery::Helm || !values.postgresql.is_used(values) || !is_of_the_user {
        return;
    }
    let (key, password) = values.postgresql.password(values);
    let differ = match (password.and_then(SecretValue::text), connection.pass.as_ref().and_then(SecretValue::text)) {
        (Some(one), Some(other)) => one != other,
        (None, Some(_)) => password.is_none_or(SecretValue::is_empty),
        _ => false,
    };
    if differ {
        found
            .in_value(key, format!("`{key}` and `{KEY}.pass` are not the same password"), "the bundled PostgreSQL's")
            .help(format!("set `{KEY}.pass: null`, and the pods read the one of the server"));
    }
}
