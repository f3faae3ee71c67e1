//! A volume is described, and none is asked for.

use super::persistence;
use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "V102",
    name: "volume-without-effect",
    level: Level::Warning,
    what: "A volume is described, and none is asked for.",
    why: "Nothing is stored there.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "dags:\n",
            "  persistence:\n",
            "    enabled: false\n",
            "    volume: {nfs: {server: files.example.com, path: /dags}}\n"
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
        if !keys.enabled && keys.volume.is_some() {
            let key = format!("{section}.persistence.volume");
            found
                .in_value(&key, format!("`{key}` has no effect"), "described here")
                .help(format!("set `{section}.persistence.enabled: true`"));
        }
    }
}
