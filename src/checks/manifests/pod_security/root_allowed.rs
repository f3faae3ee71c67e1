//! A container may run as root.

use crate::checks::finding::Findings;
use crate::checks::guarded::{Guarded, Profile, is};
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "Q203",
    name: "root-allowed",
    level: Level::Error,
    what: "A container may run as root.",
    why: "Who runs it, its image decides then.",
    example: Example {
        of: Of::Manifests,
        refused: "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: i}]}}",
        instead: "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {securityContext: {runAsNonRoot: true}, containers: [{name: c, image: i}]}}",
    },
    check: Check::Guarded(Profile::Restricted, check),
};

fn check(pod: &Guarded<'_>, found: &mut Findings) {
    if pod.has_own_users() {
        return;
    }
    let of_pod = pod.spec().at(&["securityContext", "runAsNonRoot"]);
    let advice = pod.advice("runAsNonRoot: true", "pod");
    if let Some(node) = of_pod.filter(|node| is(Some(node), false)) {
        pod.tell_of_pod(found, node, "`runAsNonRoot: false` is forbidden").of_text("false", "runAsNonRoot").help(advice.clone());
    }
    for part in pod.containers() {
        match part.says(&["runAsNonRoot"]) {
            Some(node) if is(Some(node), false) => {
                pod.tell(found, part, node, "`runAsNonRoot: false` is forbidden").of_text("false", "runAsNonRoot").help(advice.clone());
            }
            None if of_pod.is_none() => {
                pod.tell(found, part, part.node, "neither it nor its pod has `runAsNonRoot: true`").help(advice.clone());
            }
            _ => {}
        }
    }
}
