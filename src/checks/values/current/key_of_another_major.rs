//! A key has an effect on another major version of Airflow alone.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::other_major;

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
    for (keys, instead) in other_major::unheard(subject.values.airflow_version.major(), subject.given) {
        let names: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
        let verb = if names.len() == 1 { "has" } else { "have" };
        let title = format!("{} {verb} no effect on Airflow {version}", names.join(", "));
        let finding = found.in_value(keys[0].clone(), title, "a key of another major version");
        if !instead.is_empty() {
            finding.help(format!("set `{instead}` in its place"));
        }
    }
}
