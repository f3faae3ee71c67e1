//! The name of a pool, a variable or a connection is one that Airflow does not take.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::schema::{Path, Step};
use crate::values::{ConnectionId, Ordered};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "J102",
    name: "import-name",
    level: Level::Error,
    what: "The name of a pool, a variable or a connection is one that Airflow does not take.",
    why: "Airflow's commands leave such a connection out, and nobody can ask for what has no name.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "importJob: {connections: {my warehouse: {type: postgres}}}\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "importJob: {connections: {my_warehouse: {type: postgres}}}\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let keys = &subject.values.import_job;
    let at = |kind: &str, name: &str| Path(["importJob", kind, name].map(|key| Step::Key(key.to_owned())).to_vec());
    for (kind, what, names) in [("pools", "pool", names(&keys.pools)), ("variables", "variable", names(&keys.variables))] {
        for name in names.filter(|name| name.trim().is_empty()) {
            found.in_value(at(kind, name), format!("a {what} has no name"), "this name").help("give it one");
        }
    }
    for name in names(&keys.connections).filter(|name| name.is_empty() || !ConnectionId::takes(name)) {
        let title = format!("a connection cannot be named `{name}`");
        found.in_value(at("connections", name), title, "this name").help(format!("write {}", ConnectionId::EXPECTED));
    }
}

fn names<T>(keys: &Ordered<T>) -> Box<dyn Iterator<Item = &str> + '_> {
    Box::new(keys.keys().map(String::as_str))
}
