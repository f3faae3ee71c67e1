//! Both a claim that exists and a volume are given.

use super::persistence;
use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "V101",
    name: "claim-and-volume",
    level: Level::Error,
    what: "Both a claim that exists and a volume are given.",
    why: "A claim that exists binds its own volume.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "dags:\n",
            "  persistence:\n",
            "    enabled: true\n",
            "    existingClaim: dags\n",
            "    volume: {nfs: {server: files.example.com, path: /dags}}\n"
        ),
        instead: concat!("airflowVersion: 3.2.0\n", "dags:\n", "  persistence:\n", "    enabled: true\n", "    existingClaim: dags\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    for (section, keys) in persistence(subject.values) {
        if keys.enabled && keys.existing().is_some() && keys.volume.is_some() {
            let title = format!("`{section}.persistence` has both an `existingClaim` and a `volume`");
            found.in_value(format!("{section}.persistence.existingClaim"), title, "a claim that exists binds its own volume").drop_one();
        }
    }
}
