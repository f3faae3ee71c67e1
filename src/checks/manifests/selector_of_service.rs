//! The selector of a Service finds no pods of the set.

use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::kubernetes::Manifest;
use crate::kubernetes::Selector;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "M802",
    name: "selector-of-service",
    level: Level::Error,
    what: "The selector of a Service finds no pods of the set.",
    why: "Nothing would answer at the Service.",
    example: Example {
        of: Of::Manifests,
        refused: concat!(
            "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}}}\n",
            "---\n",
            "{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {selector: {a: c}, ports: [{port: 1}]}}\n"
        ),
        instead: concat!(
            "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}}}\n",
            "---\n",
            "{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {selector: {a: b}, ports: [{port: 1}]}}\n"
        ),
    },
    check: Check::Manifest(check),
};

fn check(manifest: &Manifest, release: &Release<'_>, found: &mut Findings) {
    let Some(labels) = manifest.service().and_then(|spec| spec.get("selector")) else { return };
    let selector = Selector::of_service(Some(labels));
    // One that the user adds, or anyone's, may stand before the pods of others.
    if !release.open && manifest.given.is_none() && !release.set.pods().any(|(_, pod)| selector.selects(pod.labels)) {
        found.in_manifest(manifest, "its selector finds no pods of the set");
    }
}
