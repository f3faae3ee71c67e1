//! The selector of a Service finds no pods among the manifests, which have others.

use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::kubernetes::{Manifest, Selector};
use crate::yaml::Node;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "H103",
    name: "pods-elsewhere",
    level: Level::Warning,
    what: "The selector of a Service finds no pods among the manifests, which have others.",
    why: "Somebody else may make its pods; if nobody does, nothing answers.",
    example: Example {
        of: Of::Anyones,
        refused: concat!(
            "{apiVersion: v1, kind: Pod, metadata: {name: p, labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}\n",
            "---\n",
            "{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {selector: {a: c}, ports: [{port: 80}]}}\n"
        ),
        instead: concat!(
            "{apiVersion: v1, kind: Pod, metadata: {name: p, labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}\n",
            "---\n",
            "{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {selector: {a: b}, ports: [{port: 80}]}}\n"
        ),
    },
    check: Check::Manifest(check),
};

fn check(manifest: &Manifest, release: &Release<'_>, found: &mut Findings) {
    let selector = manifest.service().and_then(|spec| spec.get("selector")).filter(|labels| !labels.says_nothing());
    let Some(labels) = selector.filter(|_| release.open) else { return };
    let selector = Selector::of_service(Some(labels));
    let beside = || release.set.all().iter().filter(|other| other.may_be_beside(manifest));
    // What kinds that are not known make of their objects may be its pods.
    if beside().any(|other| other.is_strange() && !is_definition(other)) || !beside().any(|other| other.pod().is_some()) {
        return;
    }
    if !beside().any(|other| other.pod().is_some_and(|pod| selector.selects(pod.labels))) {
        let first = labels.as_map().and_then(|labels| labels.first()).map(|(key, entry)| (key, Node::scalar(&entry.value)));
        let finding = found.in_manifest(manifest, "its selector finds no pods among the manifests");
        if let Some((key, value)) = first {
            finding.of_text(&value, key);
        }
    }
}

/// Whether it just defines a kind.
fn is_definition(manifest: &Manifest) -> bool {
    manifest.kind() == "CustomResourceDefinition"
}
