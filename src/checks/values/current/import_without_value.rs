//! A variable or a connection says nothing, or says itself twice.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::schema::{Path, Step};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "J101",
    name: "import-without-value",
    level: Level::Error,
    what: "A variable or a connection says nothing, or says itself twice.",
    why: "A variable has a value or is in a Secret, and a connection has a type or is in a Secret, whole.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "importJob: {variables: {stage: {value: prod, secretName: stage}}}\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "importJob: {variables: {stage: {value: prod}}}\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let keys = &subject.values.import_job;
    let at = |kind: &str, name: &str| Path(["importJob", kind, name].map(|key| Step::Key(key.to_owned())).to_vec());
    for (name, variable) in &keys.variables {
        let title = match (&variable.value, variable.secret_name.as_ref()) {
            (Some(_), Some(_)) => format!("the variable `{name}` has both a `value` and a Secret"),
            (None, None) => format!("the variable `{name}` has no value"),
            _ => continue,
        };
        found.in_value(at("variables", name), title, "this variable").help("give `value` or `secretName`");
    }
    for (name, connection) in &keys.connections {
        let title = match (&connection.parts()[..], connection.secret_name.as_ref()) {
            ([first, ..], Some(_)) => format!("the connection `{name}` has both `{first}` and a Secret that holds all of it"),
            (parts, None) if !parts.contains(&"type") => format!("the connection `{name}` has no type"),
            _ => continue,
        };
        found.in_value(at("connections", name), title, "this connection").help("give `type` and what belongs to it, or `secretName` alone");
    }
}
