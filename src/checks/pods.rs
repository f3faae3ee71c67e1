//! Pods are sound in themselves: names that are unique, and mounts of volumes that are there.

use std::collections::HashSet;

use super::{Finding, Set, containers, list, text};
use crate::kubernetes::Manifest;
use crate::yaml::Node;

pub fn check(set: &Set<'_>, findings: &mut Vec<Finding>) {
    for (manifest, pod) in set.pods() {
        twice(manifest, containers(pod), "name", "containers", findings);
        twice(manifest, list(pod, "volumes").iter(), "name", "volumes", findings);
        let own = manifest.object.get("spec").map(|spec| list(spec, "volumeClaimTemplates")).unwrap_or_default();
        let own = own.iter().filter_map(|claim| text(claim.get("metadata")?, "name"));
        let volumes: HashSet<&str> = list(pod, "volumes").iter().filter_map(|volume| text(volume, "name")).chain(own).collect();
        for container in containers(pod) {
            let mounts = list(container, "volumeMounts");
            twice(manifest, mounts.iter(), "mountPath", "mounts of a container", findings);
            for mount in mounts.iter().filter_map(|mount| text(mount, "name")).filter(|name| !volumes.contains(name)) {
                let name = text(container, "name").unwrap_or_default();
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
    for value in nodes.filter_map(|node| text(node, key)) {
        if !seen.insert(value) {
            findings.push(Finding::in_manifest(manifest, format_args!("two {what} have the {key} `{value}`")));
        }
    }
}
