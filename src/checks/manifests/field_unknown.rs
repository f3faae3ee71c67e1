//! A field of an object is not what its API takes.

use super::part;
use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::kubernetes::Manifest;
use crate::schema::Kind;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "M102",
    name: "field-unknown",
    level: Level::Error,
    what: "A field of an object is not what its API takes.",
    why: "The API server refuses an object with unknown fields, wrong types or missing parts.",
    example: Example {
        of: Of::Manifests,
        refused: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}], replicas: 1}}}}",
        instead: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}}}",
    },
    check: Check::Manifest(check),
};

fn check(manifest: &Manifest, _: &Release<'_>, found: &mut Findings) {
    let Ok(Kind { schema: Some(schema), origin, .. }) = Kind::find(manifest.api_version(), manifest.kind()) else { return };
    for fault in schema.check(&manifest.object) {
        let finding = part::tell(found, manifest, &manifest.object, "", &fault).within(manifest, &fault.path);
        finding.label = fault.fault.label();
        finding.notes.extend(origin.map(|origin| format!("the kind is judged as {origin} has it")));
    }
}
