//! A user or a password for a store of logs is given without the other.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "O109",
    name: "log-store-login-in-half",
    level: Level::Warning,
    what: "A user or a password for a store of logs is given without the other.",
    why: "Nobody logs in there: the address has both or none.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "elasticsearch: {enabled: true, connection: {host: logs.example.com, user: airflow}}\n"
        ),
        instead: concat!(
            "airflowVersion: 3.2.0\n",
            "elasticsearch: {enabled: true, connection: {host: logs.example.com, user: airflow, pass: secret}}\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    for (key, store) in subject.values.log_stores() {
        let (user, pass) = (store.connection.user.is_some(), store.connection.pass.as_ref().is_some_and(|pass| !pass.is_empty()));
        let missing = match (user, pass) {
            (true, false) => ("user", "pass"),
            (false, true) => ("pass", "user"),
            _ => continue,
        };
        if store.enabled {
            let title = format!("`{key}.connection.{}` is given without `{}`: nobody logs in", missing.0, missing.1);
            found.in_value(format!("{key}.connection.{}", missing.0), title, "one half of a login").help("give both or none");
        }
    }
}
