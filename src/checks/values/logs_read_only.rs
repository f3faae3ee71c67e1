//! The volume of the logs is for reading only.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::{AccessMode, Volume};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "V108",
    name: "logs-read-only",
    level: Level::Error,
    what: "The volume of the logs is for reading only.",
    why: "Nothing could write a log there.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "logs: {persistence: {enabled: true, accessMode: ReadOnlyMany}}\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "logs: {persistence: {enabled: true, accessMode: ReadWriteMany}}\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let keys = &subject.values.logs.persistence;
    let by_mode = (keys.access_mode == Some(AccessMode::ReadOnlyMany)).then_some("logs.persistence.accessMode");
    let by_volume = keys.volume.as_ref().is_some_and(Volume::is_read_only).then_some("logs.persistence.volume");
    if let Some(key) = by_mode.or(by_volume).filter(|_| keys.enabled) {
        found.in_value(key, format!("`{key}` is for reading only"), "nothing could write a log there");
    }
}
