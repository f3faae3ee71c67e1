//! The bundled PostgreSQL has another user than the connection to it.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::Delivery;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "B103",
    name: "database-user",
    level: Level::Error,
    what: "The bundled PostgreSQL has another user than the connection to it.",
    why: "Nobody could log in.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "postgresql: {auth: {username: airflow, password: secret}}\n",
            "data: {metadataConnection: {user: other, pass: secret}}\n"
        ),
        instead: concat!(
            "airflowVersion: 3.2.0\n",
            "postgresql: {auth: {username: airflow, password: secret}}\n",
            "data: {metadataConnection: {user: airflow, pass: secret}}\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    const KEY: &str = "data.metadataConnection";
    let values = subject.values;
    let (user, given) = (values.postgresql.user(values), values.data.metadata_connection.user.as_deref().unwrap_or_default());
    if values.delivery != Delivery::Helm && values.postgresql.is_used(values) && user != given {
        let title = format!("the bundled PostgreSQL has the user `{user}`, and `{KEY}.user` is another one");
        found
            .in_value(format!("{KEY}.user"), title, "nobody could log in")
            .help(format!("set `{KEY}.user: {user}`, or `postgresql.auth.username` to the other one"));
    }
}
