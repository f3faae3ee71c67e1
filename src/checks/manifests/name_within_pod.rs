//! The name of a container or a volume is not one that Kubernetes takes.

use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::kubernetes::Manifest;
use crate::values::DnsLabel;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "M403",
    name: "name-within-pod",
    level: Level::Error,
    what: "The name of a container or a volume is not one that Kubernetes takes.",
    why: "The API server refuses the pod.",
    example: Example {
        of: Of::Manifests,
        refused: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: C, image: i}]}}}}",
        instead: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}}}",
    },
    check: Check::Pod(check),
};

fn check(manifest: &Manifest, _: &Release<'_>, found: &mut Findings) {
    let Some(pod) = manifest.pod() else { return };
    let own = pod.containers().chain(pod.volumes()).filter_map(|node| node.text(&["name"]));
    let names = own.chain(manifest.claim_templates().iter().filter_map(|claim| claim.text(&["metadata", "name"])));
    for name in names.filter(|name| !DnsLabel::takes(name)) {
        found.in_manifest(manifest, format_args!("`{name}`, of a container or a volume, is not a DNS label")).of_text(name, "name");
    }
}
