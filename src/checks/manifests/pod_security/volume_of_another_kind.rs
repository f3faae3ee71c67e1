//! A volume is of a kind that the profile does not grant.

use crate::checks::finding::Findings;
use crate::checks::guarded::{Guarded, Profile};
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "Q206",
    name: "volume-of-another-kind",
    level: Level::Error,
    what: "A volume is of a kind that the profile does not grant.",
    why: "Such a volume is reached past the claims and classes that an administrator controls.",
    example: Example {
        of: Of::Manifests,
        refused: "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {volumes: [{name: v, nfs: {server: a, path: /}}], containers: [{name: c, image: i}]}}",
        instead: "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {volumes: [{name: v, persistentVolumeClaim: {claimName: c}}], containers: [{name: c, image: i}]}}",
    },
    check: Check::Guarded(Profile::Restricted, check),
};

/// The kinds of volumes that the profile grants.
const GRANTED: [&str; 9] =
    ["configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "image", "persistentVolumeClaim", "projected", "secret"];

fn check(pod: &Guarded<'_>, found: &mut Findings) {
    for volume in pod.spec().items(&["volumes"]) {
        let mut kinds = volume.entries(&[]).map(|(key, _)| key).filter(|key| *key != "name");
        // One of no kind is an `emptyDir`; of a folder of the node, another rule tells.
        let Some(kind) = kinds.find(|kind| !GRANTED.contains(kind) && *kind != "hostPath") else { continue };
        let name = volume.text(&["name"]).unwrap_or_default();
        let fault = format!("the volume `{name}` is of the kind `{kind}`, which is not granted");
        let finding = pod.tell_of_pod(found, volume, fault);
        finding.of_text(name, "name").help("use a claim (`persistentVolumeClaim`), whose volume may be of that kind");
    }
}
