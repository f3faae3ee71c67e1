//! A container is privileged.

use crate::checks::finding::Findings;
use crate::checks::guarded::{Guarded, Profile, is};
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "Q105",
    name: "privileged-container",
    level: Level::Error,
    what: "A container is privileged.",
    why: "It may do on its node whatever root may.",
    example: Example {
        of: Of::Manifests,
        refused: "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: i, securityContext: {privileged: true}}]}}",
        instead: "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: i, securityContext: {privileged: false}}]}}",
    },
    check: Check::Guarded(Profile::Baseline, check),
};

fn check(pod: &Guarded<'_>, found: &mut Findings) {
    for part in pod.containers() {
        if let Some(node) = part.says(&["privileged"]).filter(|node| is(Some(node), true)) {
            pod.tell(found, part, node, "`privileged: true` is forbidden").of_text("true", "privileged").help("drop `privileged`");
        }
    }
}
