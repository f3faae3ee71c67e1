//! A volume does not say where it is.

use super::{persistence, sources};
use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "V105",
    name: "volume-nowhere",
    level: Level::Error,
    what: "A volume does not say where it is.",
    why: "Each storage system has keys of its own, and one of them has to be given.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "dags:\n",
            "  persistence:\n",
            "    enabled: true\n",
            "    volume: {reclaimPolicy: Retain}\n"
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
        if keys.volume.as_ref().is_some_and(|volume| sources(volume).is_empty()) {
            found.in_value(&key, format!("`{key}` does not say where the volume is"), "this map").help(
                "give one of `azureFile`, `efs`, `filestore`, `nfs` and `csi`, or leave it out for a volume that a storage class makes",
            );
        }
    }
}
