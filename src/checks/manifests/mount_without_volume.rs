//! A container mounts a volume that its pod does not have.

use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::kubernetes::Manifest;
use std::collections::HashSet;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "M602",
    name: "mount-without-volume",
    level: Level::Error,
    what: "A container mounts a volume that its pod does not have.",
    why: "The API server refuses the pod.",
    example: Example {
        of: Of::Manifests,
        refused: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i, volumeMounts: [{name: v, mountPath: /v}]}]}}}}",
        instead: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i, volumeMounts: [{name: v, mountPath: /v}]}], volumes: [{name: v, emptyDir: {}}]}}}}",
    },
    check: Check::Pod(check),
};

fn check(manifest: &Manifest, _: &Release<'_>, found: &mut Findings) {
    let Some(pod) = manifest.pod() else { return };
    let own = manifest.claim_templates().iter().filter_map(|claim| claim.text(&["metadata", "name"]));
    let volumes: HashSet<&str> = pod.volumes().iter().filter_map(|volume| volume.text(&["name"])).chain(own).collect();
    for container in pod.containers() {
        for (list, does) in [("volumeMounts", "mounts"), ("volumeDevices", "has as a device")] {
            let names = container.items(&[list]).iter().filter_map(|mount| mount.text(&["name"]));
            for mount in names.filter(|mount| !volumes.contains(mount)) {
                let name = container.text(&["name"]).unwrap_or_default();
                found
                    .in_container(manifest, name, format_args!("it {does} the volume `{mount}`, which its pod does not have"))
                    .of_text(mount, "name");
            }
        }
    }
}
