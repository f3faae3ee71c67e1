//! The name of a connection is one that Airflow does not take.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::schema::{Path, Step};
use crate::values::ConnectionId;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "J102",
    name: "import-name",
    level: Level::Error,
    what: "The name of a connection is one that Airflow does not take.",
    why: "Airflow's command leaves such a connection out.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "importJob: {connections: {my warehouse: {type: postgres}}}\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "importJob: {connections: {my_warehouse: {type: postgres}}}\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    for name in subject.values.import_job.connections.keys().filter(|name| name.is_empty() || !ConnectionId::takes(name)) {
        let at = Path(["importJob", "connections", name].map(|key| Step::Key(key.to_owned())).to_vec());
        found.in_value(at, format!("a connection cannot be named `{name}`"), "this name").help(format!("write {}", ConnectionId::EXPECTED));
    }
}
