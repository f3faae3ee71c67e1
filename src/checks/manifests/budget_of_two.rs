//! A disruption budget says both how many pods may be missing and how many must be there.

use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::kubernetes::Manifest;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "M902",
    name: "budget-of-two",
    level: Level::Error,
    what: "A disruption budget says both how many pods may be missing and how many must be there.",
    why: "The API server refuses it.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "scheduler:\n",
            "  podDisruptionBudget: {enabled: true, config: {minAvailable: 1, maxUnavailable: 1}}\n"
        ),
        instead: concat!("airflowVersion: 3.2.0\n", "scheduler:\n", "  podDisruptionBudget: {enabled: true, config: {minAvailable: 1}}\n"),
    },
    check: Check::Manifest(check),
};

fn check(manifest: &Manifest, _: &Release<'_>, found: &mut Findings) {
    let Some(spec) = manifest.object.get("spec").filter(|_| manifest.kind() == "PodDisruptionBudget") else { return };
    if spec.get("minAvailable").is_some() && spec.get("maxUnavailable").is_some() {
        found
            .in_manifest(manifest, "it has `minAvailable` and `maxUnavailable`, and the API server takes one of them")
            .help("drop one of the two");
    }
}
