//! Pods are sound in themselves: names that are unique, and mounts of volumes that are there.

use std::collections::HashSet;

use super::{Finding, Subject};
use crate::kubernetes::Manifest;
use crate::yaml::Node;

pub fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (manifest, pod) in subject.set.pods() {
        twice(manifest, pod.containers(), "name", "containers", findings);
        twice(manifest, pod.volumes().iter(), "name", "volumes", findings);
        let own = manifest.claim_templates().iter().filter_map(|claim| claim.get("metadata")?.text(&["name"]));
        let volumes: HashSet<&str> = pod.volumes().iter().filter_map(|volume| volume.text(&["name"])).chain(own).collect();
        for container in pod.containers() {
            let mounts = container.items(&["volumeMounts"]);
            twice(manifest, mounts.iter(), "mountPath", "mounts of a container", findings);
            for mount in mounts.iter().filter_map(|mount| mount.text(&["name"])).filter(|name| !volumes.contains(name)) {
                let name = container.text(&["name"]).unwrap_or_default();
                findings.push(Finding::in_manifest(
                    manifest,
                    format_args!("the container `{name}` mounts the volume `{mount}`, which the pod does not have"),
                ));
            }
        }
    }
}

fn twice<'n>(manifest: &Manifest, nodes: impl Iterator<Item = &'n Node>, key: &str, what: &str, findings: &mut Vec<Finding>) {
    let mut seen = HashSet::new();
    for value in nodes.filter_map(|node| node.text(&[key])) {
        if !seen.insert(value) {
            findings.push(Finding::in_manifest(manifest, format_args!("two {what} have the {key} `{value}`")));
        }
    }
}
