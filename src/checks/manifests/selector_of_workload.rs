//! The selector of a workload does not find its own pods.

use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::kubernetes::Manifest;
use crate::kubernetes::Selector;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "M801",
    name: "selector-of-workload",
    level: Level::Error,
    what: "The selector of a workload does not find its own pods.",
    why: "The API server refuses it.",
    example: Example {
        of: Of::Manifests,
        refused: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {selector: {matchLabels: {a: c}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}}}",
        instead: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}}}",
    },
    check: Check::Manifest(check),
};

fn check(manifest: &Manifest, _: &Release<'_>, found: &mut Findings) {
    let selector = manifest.object.at(&["spec", "selector"]).filter(|_| manifest.kind() != "Service");
    if let (Some(selector), Some(pod)) = (selector, manifest.pod())
        && !Selector::of(selector).selects(pod.labels)
    {
        found.in_manifest(manifest, "its selector does not find its own pods");
    }
}
