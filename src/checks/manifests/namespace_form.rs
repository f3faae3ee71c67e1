//! The namespace of an object is not one that Kubernetes takes.

use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::kubernetes::Manifest;
use crate::values::DnsLabel;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "M402",
    name: "namespace-form",
    level: Level::Error,
    what: "The namespace of an object is not one that Kubernetes takes.",
    why: "The API server refuses it.",
    example: Example {
        of: Of::Manifests,
        refused: "{apiVersion: v1, kind: Secret, metadata: {name: a, namespace: B}}",
        instead: "{apiVersion: v1, kind: Secret, metadata: {name: a, namespace: b}}",
    },
    check: Check::Manifest(check),
};

fn check(manifest: &Manifest, _: &Release<'_>, found: &mut Findings) {
    if !manifest.namespace().is_empty() && !DnsLabel::takes(manifest.namespace()) {
        found
            .in_manifest(manifest, format_args!("its namespace `{}` is not a DNS label", manifest.namespace()))
            .of_text(manifest.namespace(), "namespace");
    }
}
