//! A pod or a container runs as user 0.

use crate::checks::finding::Findings;
use crate::checks::guarded::{Guarded, Profile};
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "Q204",
    name: "root-by-number",
    level: Level::Error,
    what: "A pod or a container runs as user 0.",
    why: "That is root (Kubernetes 1.23 and later; of a pod with users of its own it is not, since 1.35).",
    example: Example {
        of: Of::Manifests,
        refused: "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {securityContext: {runAsUser: 0}, containers: [{name: c, image: i}]}}",
        instead: "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {securityContext: {runAsUser: 1000}, containers: [{name: c, image: i}]}}",
    },
    check: Check::Guarded(Profile::Restricted, check),
};

fn check(pod: &Guarded<'_>, found: &mut Findings) {
    if !pod.is_since(23) || pod.has_own_users() {
        return;
    }
    for part in pod.parts() {
        if let Some(node) = part.says(&["runAsUser"]).filter(|node| node.scalar() == "0") {
            pod.tell(found, part, node, "`runAsUser: 0` is forbidden")
                .of_text("0", "runAsUser")
                .help("say another user, or drop `runAsUser`");
        }
    }
}
