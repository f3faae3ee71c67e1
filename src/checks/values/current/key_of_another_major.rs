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
        let Some(node) = Path::of_keys(key).get(subject.given).filter(|node| says_something(node)) else { continue };
        // Beside what holds for every version, the others are named one by one.
        let keys =
            others(node).map_or_else(|| vec![(*key).to_owned()], |others| others.iter().map(|other| format!("{key}.{other}")).collect());
        let names: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
        let verb = if names.len() == 1 { "has" } else { "have" };
        let title = format!("{} {verb} no effect on Airflow {version}", names.join(", "));
        let finding = found.in_value(keys[0].clone(), title, "a key of another major version");
        if !instead.is_empty() {
            finding.help(format!("set `{instead}` in its place"));
        }
    }
}

/// The keys in it that say something to another version alone, if it has one that holds for every version.
fn others(node: &Node) -> Option<Vec<&str>> {
    let said = node.as_map()?.iter().filter(|(_, entry)| !entry.value.says_nothing());
    let (for_all, others): (Vec<&str>, Vec<&str>) = said.map(|(key, _)| key.as_str()).partition(|key| other_major::ALWAYS.contains(key));
    (!for_all.is_empty()).then_some(others)
}

/// Whether a user says anything there besides `enabled: false`, emptiness, and what holds for every version.
fn says_something(node: &Node) -> bool {
    match node.as_map() {
        Some(entries) => entries.iter().any(|(key, entry)| !other_major::ALWAYS.contains(&key.as_str()) && !entry.value.says_nothing()),
        None => !node.says_nothing(),
    }
}
