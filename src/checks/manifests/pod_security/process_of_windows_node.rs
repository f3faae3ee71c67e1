//! A container is a process of its Windows node.

use crate::checks::finding::Findings;
use crate::checks::guarded::{Guarded, Profile, is};
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "Q112",
    name: "process-of-windows-node",
    level: Level::Error,
    what: "A container is a process of its Windows node.",
    why: "It may do there whatever its user may.",
    example: Example {
        of: Of::Manifests,
        refused: "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {securityContext: {windowsOptions: {hostProcess: true}}, containers: [{name: c, image: i}]}}",
        instead: "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: i}]}}",
    },
    check: Check::Guarded(Profile::Baseline, check),
};

fn check(pod: &Guarded<'_>, found: &mut Findings) {
    for part in pod.parts() {
        if let Some(node) = part.says(&["windowsOptions", "hostProcess"]).filter(|node| is(Some(node), true)) {
            let finding = pod.tell(found, part, node, "`windowsOptions.hostProcess: true` is forbidden");
            finding.of_text("true", "hostProcess").help("drop `hostProcess`");
        }
    }
}
