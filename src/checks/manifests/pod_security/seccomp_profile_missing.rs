//! A container has no seccomp profile, and neither has its pod.

use crate::checks::finding::Findings;
use crate::checks::guarded::{Guarded, Profile};
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "Q205",
    name: "seccomp-profile-missing",
    level: Level::Error,
    what: "A container has no seccomp profile, and neither has its pod.",
    why: "A cluster may leave it without any then (Kubernetes 1.19 and later).",
    example: Example {
        of: Of::Manifests,
        refused: "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: i}]}}",
        instead: "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {securityContext: {seccompProfile: {type: RuntimeDefault}}, containers: [{name: c, image: i}]}}",
    },
    check: Check::Guarded(Profile::Restricted, check),
};

fn check(pod: &Guarded<'_>, found: &mut Findings) {
    let of_pod = pod.spec().at(&["securityContext", "seccompProfile"]);
    // Of a profile that does not confine, another rule tells.
    if !pod.is_since(19) || pod.is_of_windows() || of_pod.is_some() {
        return;
    }
    for part in pod.containers().filter(|part| part.says(&["seccompProfile"]).is_none()) {
        let finding = pod.tell(found, part, part.node, "neither it nor its pod has a `seccompProfile`");
        finding.help(pod.advice("seccompProfile: {type: RuntimeDefault}", "pod"));
    }
}
