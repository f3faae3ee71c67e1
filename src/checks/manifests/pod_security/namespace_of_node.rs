//! A pod is in a namespace of its node.

use crate::checks::finding::Findings;
use crate::checks::guarded::{Guarded, Profile, is};
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "Q101",
    name: "namespace-of-node",
    level: Level::Error,
    what: "A pod is in a namespace of its node.",
    why: "It sees the processes, the memory or the network of the node and of all other pods there.",
    example: Example {
        of: Of::Manifests,
        refused: "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {hostNetwork: true, containers: [{name: c, image: i}]}}",
        instead: "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: i}]}}",
    },
    check: Check::Guarded(Profile::Baseline, check),
};

fn check(pod: &Guarded<'_>, found: &mut Findings) {
    for key in ["hostNetwork", "hostPID", "hostIPC"] {
        if let Some(node) = pod.spec().get(key).filter(|node| is(Some(node), true)) {
            pod.tell_of_pod(found, node, format_args!("`{key}: true` is forbidden")).of_text("true", key).help(format!("drop `{key}`"));
        }
    }
}
