//! A key has an effect on another major version of Airflow alone.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::schema::Path;
use crate::values::other_major;
use crate::yaml::Node;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "X201",
    name: "key-of-another-major",
    level: Level::Warning,
    what: "A key has an effect on another major version of Airflow alone.",
    why: "Airflow 3 has an API server in the place of the webserver, with keys of its own.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "webserver: {replicas: 2}\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "apiServer: {replicas: 2}\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let version = subject.values.airflow_version.as_str();
    for (key, instead) in other_major::without_effect(subject.values.airflow_version.major()) {
        if Path::of_keys(key).get(subject.given).is_some_and(says_something) {
            let title = format!("`{key}` has no effect on Airflow {version}");
            let finding = found.in_value(*key, title, "a key of another major version");
            if !instead.is_empty() {
                finding.help(format!("set `{instead}` in its place"));
            }
        }
    }
}

/// Whether a user says anything there besides `enabled: false`, emptiness, and what holds for every version.
fn says_something(node: &Node) -> bool {
    match node.as_map() {
        Some(entries) => entries.iter().any(|(key, entry)| !other_major::ALWAYS.contains(&key.as_str()) && !entry.value.says_nothing()),
        None => !node.says_nothing(),
    }
}
