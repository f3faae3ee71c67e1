//! The host of a database is not a host.

use super::connections;
use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::model::connection;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "D102",
    name: "database-host",
    level: Level::Error,
    what: "The host of a database is not a host.",
    why: "Airflow would connect to nothing, or to another server than the one that is meant.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "postgresql: {enabled: false}\n",
            "data: {metadataConnection: {host: 10.0.0.256, user: airflow, pass: secret}}\n"
        ),
        instead: concat!(
            "airflowVersion: 3.2.0\n",
            "postgresql: {enabled: false}\n",
            "data: {metadataConnection: {host: 10.0.0.25, user: airflow, pass: secret}}\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    for (at, connection) in connections(subject.values) {
        let Some(Err(error)) = connection::host(connection) else { continue };
        let key = format!("{at}.host");
        let finding = found.in_value(&key, format!("`{key}` is not a host"), "this value").note(error);
        let port = connection.host.as_deref().and_then(|host| host.rsplit_once(':'));
        if port.is_some_and(|(_, port)| port.parse::<u16>().is_ok()) {
            finding.help(format!("a port is given as `{at}.port`"));
        }
    }
}
