//! The path within a volume leads out of it.

use super::persistence;
use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "V103",
    name: "path-out-of-volume",
    level: Level::Error,
    what: "The path within a volume leads out of it.",
    why: "The kubelet refuses to mount it.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "dags:\n", "  persistence:\n", "    enabled: true\n", "    subPath: ../other\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "dags:\n", "  persistence:\n", "    enabled: true\n", "    subPath: airflow/dags\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    for (section, keys) in persistence(subject.values) {
        if keys.sub_path.as_ref().is_some_and(|path| path.split('/').any(|part| part == "..")) {
            let key = format!("{section}.persistence.subPath");
            found.in_value(&key, format!("`{key}` must not lead out of the volume"), "`..` in it");
        }
    }
}
