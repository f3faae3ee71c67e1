//! An object is of a kind that its API does not have.

use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::kubernetes::Manifest;
use crate::schema::{Kind, Stranger};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "M101",
    name: "kind-unknown",
    level: Level::Error,
    what: "An object is of a kind that its API does not have.",
    why: "The API server refuses it.",
    example: Example {
        of: Of::Manifests,
        refused: "{apiVersion: v1, kind: Deployment, metadata: {name: d}}",
        instead: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}}}",
    },
    check: Check::Manifest(check),
};

fn check(manifest: &Manifest, _: &Release<'_>, found: &mut Findings) {
    if let Err(Stranger::Missing { nearest, elsewhere }) = Kind::find(manifest.api_version(), manifest.kind()) {
        let finding = found.in_manifest(manifest, format_args!("`{}` has no such kind", manifest.api_version()));
        finding.within(manifest, &"kind".into()).help = match (elsewhere, nearest) {
            (Some(version), _) => Some(format!("write `apiVersion: {version}`, which has it")),
            (None, nearest) => nearest.map(|nearest| format!("did you mean `{nearest}`?")),
        };
    }
}
