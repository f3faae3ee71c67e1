//! A volume is on two storage systems.

use super::{persistence, sources};
use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "V106",
    name: "volume-in-two-places",
    level: Level::Error,
    what: "A volume is on two storage systems.",
    why: "A volume is on one of them.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "dags:\n",
            "  persistence:\n",
            "    enabled: true\n",
            "    volume: {nfs: {server: files.example.com, path: /dags}, efs: {fileSystemId: fs-0123456789abcdef0}}\n"
        ),
        instead: concat!(
            "airflowVersion: 3.2.0\n",
            "dags:\n",
            "  persistence:\n",
            "    enabled: true\n",
            "    volume: {nfs: {server: files.example.com, path: /dags}}\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    for (section, keys) in persistence(subject.values) {
        let key = format!("{section}.persistence.volume");
        if let Some([first, second, ..]) = keys.volume.as_ref().map(sources).as_deref() {
            found
                .in_value(format!("{key}.{second}"), format!("`{key}` has both `{first}` and `{second}`"), "a volume is on one of them")
                .drop_one();
        }
    }
}
