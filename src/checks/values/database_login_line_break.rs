//! A user or password of a database ends with a line break.

use super::connections;
use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::SecretValue;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "D103",
    name: "database-login-line-break",
    level: Level::Error,
    what: "A user or password of a database ends with a line break.",
    why: "The line break would be a part of it, and the database would refuse the login.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "postgresql: {enabled: false}\n",
            "data: {metadataConnection: {host: db.example.com, user: airflow, pass: \"secret\\n\"}}\n"
        ),
        instead: concat!(
            "airflowVersion: 3.2.0\n",
            "postgresql: {enabled: false}\n",
            "data: {metadataConnection: {host: db.example.com, user: airflow, pass: secret}}\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    for (at, connection) in connections(subject.values) {
        let texts = [("user", connection.user.as_deref()), ("pass", connection.pass.as_ref().and_then(SecretValue::text))];
        for (name, _) in texts.into_iter().filter(|(_, text)| text.is_some_and(|text| text.ends_with('\n'))) {
            let key = format!("{at}.{name}");
            found.in_value(&key, format!("`{key}` ends with a line break"), "this value").help("a block without one begins with `|-`");
        }
    }
}
