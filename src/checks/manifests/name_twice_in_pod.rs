//! Two containers or volumes of a pod have the same name, or two mounts the same path.

use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::kubernetes::Manifest;
use crate::yaml::Node;
use std::collections::HashSet;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "M601",
    name: "name-twice-in-pod",
    level: Level::Error,
    what: "Two containers or volumes of a pod have the same name, or two mounts the same path.",
    why: "The API server refuses the pod.",
    example: Example {
        of: Of::Manifests,
        refused: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}, {name: c, image: j}]}}}}",
        instead: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}, {name: d, image: j}]}}}}",
    },
    check: Check::Pod(check),
};

fn check(manifest: &Manifest, _: &Release<'_>, found: &mut Findings) {
    let Some(pod) = manifest.pod() else { return };
    let mut twice = |nodes: &mut dyn Iterator<Item = &Node>, key: &str, what: &str| {
        let mut seen = HashSet::new();
        for value in nodes.filter_map(|node| node.text(&[key])).filter(|value| !seen.insert(value.to_owned())) {
            found.in_manifest(manifest, format_args!("two {what} have the {key} `{value}`")).of_text(value, key);
        }
    };
    twice(&mut pod.containers(), "name", "containers");
    twice(&mut pod.volumes().iter(), "name", "volumes");
    for container in pod.containers() {
        twice(&mut container.items(&["volumeMounts"]).iter(), "mountPath", "mounts of a container");
    }
}
