//! A container is to run as root, and is not to run as root.

use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::kubernetes::Manifest;
use crate::yaml::{Data, Node};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "W102",
    name: "root-that-is-refused",
    level: Level::Error,
    what: "A container is to run as root, and is not to run as root.",
    why: "The kubelet starts no container as user 0 under `runAsNonRoot`.",
    example: Example {
        of: Of::Manifests,
        refused: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i, securityContext: {runAsNonRoot: true, runAsUser: 0}}]}}}}",
        instead: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i, securityContext: {runAsNonRoot: true, runAsUser: 1000}}]}}}}",
    },
    check: Check::Pod(check),
};

fn check(manifest: &Manifest, _: &Release<'_>, found: &mut Findings) {
    let Some(pod) = manifest.pod() else { return };
    for container in pod.containers() {
        // What a container says has precedence over what its pod says.
        let said = |key: &str| container.at(&["securityContext", key]).or_else(|| pod.spec.at(&["securityContext", key]));
        let is_forbidden = matches!(said("runAsNonRoot").map(|node| &node.data), Some(Data::Bool(true)));
        if is_forbidden && said("runAsUser").map(Node::scalar).as_deref() == Some("0") {
            let name = container.text(&["name"]).unwrap_or_default();
            found
                .in_container(manifest, name, "it runs as user 0, which `runAsNonRoot: true` forbids")
                .of_text("0", "runAsUser")
                .help("give another `runAsUser`, or drop `runAsNonRoot`");
        }
    }
}
