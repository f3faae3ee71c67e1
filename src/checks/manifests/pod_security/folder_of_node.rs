//! A pod mounts a folder of its node.

use crate::checks::finding::Findings;
use crate::checks::guarded::{Guarded, Profile};
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "Q102",
    name: "folder-of-node",
    level: Level::Error,
    what: "A pod mounts a folder of its node.",
    why: "With it, a container may read or change what the node and other pods have.",
    example: Example {
        of: Of::Manifests,
        refused: "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {volumes: [{name: v, hostPath: {path: /etc}}], containers: [{name: c, image: i}]}}",
        instead: "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {volumes: [{name: v, emptyDir: {}}], containers: [{name: c, image: i}]}}",
    },
    check: Check::Guarded(Profile::Baseline, check),
};

fn check(pod: &Guarded<'_>, found: &mut Findings) {
    for volume in pod.spec().items(&["volumes"]).iter().filter(|volume| volume.get("hostPath").is_some()) {
        let name = volume.text(&["name"]).unwrap_or_default();
        let path = volume.text(&["hostPath", "path"]).unwrap_or_default();
        let fault = format!("the volume `{name}` is a folder of the node (`hostPath`), which is forbidden");
        pod.tell_of_pod(found, volume, fault).of_text(path, "path").of_text(name, "name").help("use a claim, or `emptyDir`");
    }
}
