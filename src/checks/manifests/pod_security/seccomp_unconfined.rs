//! A pod or a container does without a seccomp profile.

use crate::checks::finding::Findings;
use crate::checks::guarded::{Guarded, Profile};
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "Q109",
    name: "seccomp-unconfined",
    level: Level::Error,
    what: "A pod or a container does without a seccomp profile.",
    why: "It may make every system call that the kernel has.",
    example: Example {
        of: Of::Manifests,
        refused: "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: i, securityContext: {seccompProfile: {type: Unconfined}}}]}}",
        instead: "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: i, securityContext: {seccompProfile: {type: RuntimeDefault}}}]}}",
    },
    check: Check::Guarded(Profile::Baseline, check),
};

/// The types of profiles that confine.
pub(super) const TYPES: [&str; 2] = ["RuntimeDefault", "Localhost"];

/// What the annotations of former versions begin with; those of containers have more before it.
const ANNOTATION: &str = "seccomp.security.alpha.kubernetes.io/";

fn check(pod: &Guarded<'_>, found: &mut Findings) {
    if !pod.is_since(19) {
        return check_annotations(pod, found);
    }
    if pod.is_restricted_since(25) && pod.is_of_windows() {
        return;
    }
    for part in pod.parts() {
        let Some(profile) = part.says(&["seccompProfile"]) else { continue };
        let kind = profile.text(&["type"]).unwrap_or_default();
        if !TYPES.contains(&kind) {
            let finding = pod.tell(found, part, profile, format_args!("`seccompProfile` of the type `{kind}` is forbidden"));
            finding.of_text(kind, "type").help("say `type: RuntimeDefault`, or `Localhost` with a profile of your own");
        }
    }
}

/// Before Kubernetes 1.19, annotations said it.
fn check_annotations(pod: &Guarded<'_>, found: &mut Findings) {
    let of_containers: Vec<String> =
        pod.containers().filter_map(|part| Some(format!("container.{ANNOTATION}{}", part.container?))).collect();
    let of_pod = format!("{ANNOTATION}pod");
    for (key, node) in pod.annotations().filter(|(key, _)| *key == of_pod || of_containers.iter().any(|one| one == key)) {
        let said = node.scalar();
        if !["runtime/default", "docker/default"].contains(&said.as_str()) && !said.starts_with("localhost/") {
            let finding = pod.tell_of_pod(found, node, format_args!("the annotation `{key}: {said}` is forbidden"));
            finding.of_text(&said, key).help("say `runtime/default`");
        }
    }
}
