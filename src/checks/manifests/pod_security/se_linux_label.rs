//! A pod or a container has another SELinux label than those of containers.

use crate::checks::finding::Findings;
use crate::checks::guarded::{Guarded, Profile};
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "Q108",
    name: "se-linux-label",
    level: Level::Error,
    what: "A pod or a container has another SELinux label than those of containers.",
    why: "Such a label may let it out of what SELinux confines.",
    example: Example {
        of: Of::Manifests,
        refused: "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: i, securityContext: {seLinuxOptions: {type: spc_t}}}]}}",
        instead: "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: i, securityContext: {seLinuxOptions: {type: container_t}}}]}}",
    },
    check: Check::Guarded(Profile::Baseline, check),
};

/// The types that containers may have, the last one since 1.31.
const TYPES: [&str; 4] = ["container_t", "container_init_t", "container_kvm_t", "container_engine_t"];

fn check(pod: &Guarded<'_>, found: &mut Findings) {
    let types = if pod.is_since(31) { &TYPES[..] } else { &TYPES[..3] };
    for part in pod.parts() {
        for key in ["type", "user", "role"] {
            let Some(node) = part.says(&["seLinuxOptions", key]) else { continue };
            let said = node.scalar();
            if said.is_empty() || key == "type" && types.contains(&said.as_str()) {
                continue;
            }
            let finding = pod.tell(found, part, node, format_args!("`{key}: {said}` of `seLinuxOptions` is forbidden"));
            finding.of_text(&said, key);
            if key == "type" {
                finding.help(format!("drop it, or say one of {}", types.join(", ")));
            } else {
                finding.help(format!("drop `{key}`"));
            }
        }
    }
}
