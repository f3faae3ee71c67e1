//! A container sees all of `/proc`.

use crate::checks::finding::Findings;
use crate::checks::guarded::{Guarded, Profile};
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "Q107",
    name: "proc-unmasked",
    level: Level::Error,
    what: "A container sees all of `/proc`.",
    why: "What a runtime hides there is the state of the node. A pod with users of its own may have it (Kubernetes 1.35 and later; not under `restricted`).",
    example: Example {
        of: Of::Manifests,
        refused: "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: i, securityContext: {procMount: Unmasked}}]}}",
        instead: "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: i, securityContext: {procMount: Default}}]}}",
    },
    check: Check::Guarded(Profile::Baseline, check),
};

fn check(pod: &Guarded<'_>, found: &mut Findings) {
    if pod.has_own_users() && !pod.is_restricted_since(35) {
        return;
    }
    for part in pod.containers() {
        if let Some(node) = part.says(&["procMount"]).filter(|node| node.as_str() != Some("Default")) {
            let said = node.scalar();
            let finding = pod.tell(found, part, node, format_args!("`procMount: {said}` is forbidden"));
            finding.of_text(&said, "procMount").help("drop `procMount`, or say `Default`");
        }
    }
}
