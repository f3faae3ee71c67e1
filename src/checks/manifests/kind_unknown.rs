//! An object is of a kind that the Kubernetes API does not have.

use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::kubernetes::Manifest;
use crate::schema::Schema;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "M101",
    name: "kind-unknown",
    level: Level::Error,
    what: "An object is of a kind that the Kubernetes API does not have.",
    why: "The API server refuses it.",
    example: Example {
        of: Of::Manifests,
        refused: "{apiVersion: v1, kind: Deployment, metadata: {name: d}}",
        instead: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}}}",
    },
    check: Check::Manifest(check),
};

fn check(manifest: &Manifest, _: &Release<'_>, found: &mut Findings) {
    if Schema::of_kind(manifest.api_version(), manifest.kind()).is_none() {
        found.in_manifest(manifest, format_args!("`{}` has no such kind", manifest.api_version()));
    }
}
