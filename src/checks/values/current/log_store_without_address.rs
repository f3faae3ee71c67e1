//! A store of logs has no address.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "O108",
    name: "log-store-without-address",
    level: Level::Error,
    what: "A store of logs has no address.",
    why: "Airflow would not find the logs there.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "elasticsearch: {enabled: true}\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "elasticsearch: {enabled: true, connection: {host: logs.example.com}}\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let values = subject.values;
    for (key, store) in values.log_stores() {
        let is_known = store.secret_name.is_some() || store.connection.host.is_some() || values.secrets.external_secrets.is_some();
        if store.enabled && !is_known {
            found
                .in_value(format!("{key}.enabled"), format!("`{key}` has no address"), "where it is, nothing says")
                .help(format!("set `{key}.connection.host`, or `{key}.secretName`"));
        }
    }
}
