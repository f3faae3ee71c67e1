//! A field of an object is not what its API takes.

use super::{field_behind_gate, part};
use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::kubernetes::Manifest;
use crate::schema::{Fault, Finding, Kind, Schema};

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

fn check(manifest: &Manifest, release: &Release<'_>, found: &mut Findings) {
    let Ok(Kind { schema: Some(schema), origin, .. }) = Kind::find(manifest.api_version(), manifest.kind()) else { return };
    for fault in faults(*schema, manifest, release) {
        let finding = part::tell(found, manifest, &manifest.object, "", &fault).within(manifest, &fault.path);
        finding.label = fault.fault.label();
        finding.notes.extend(origin.map(|origin| format!("the kind is judged as {origin} has it")));
    }
}

/// The faults of an object. The API server reads all of it, and judges it without what it drops.
fn faults(schema: Schema<'_>, manifest: &Manifest, release: &Release<'_>) -> Vec<Finding> {
    let mut faults = schema.check(&manifest.object);
    // Of what the newest drops nothing is left that is wrong then.
    let may_differ = !faults.is_empty() || release.cluster.version.is_some();
    let dropped = if may_differ { field_behind_gate::dropped(manifest, release) } else { Vec::new() };
    if !dropped.is_empty() {
        let mut kept = manifest.object.clone();
        for Finding { path, .. } in &dropped {
            path.put(&mut kept, None);
        }
        let is_of_reading =
            |fault: &Finding| matches!(fault.fault, Fault::UnknownKey { .. } | Fault::WrongType { .. } | Fault::Unread { .. });
        faults.retain(is_of_reading);
        faults.extend(schema.check(&kept).into_iter().filter(|fault| !is_of_reading(fault)));
    }
    let is_before = |minor| release.cluster.version.is_some_and(|version| version.is_before(minor));
    faults.retain(|fault| !LATER.iter().any(|(rule, since)| fault.fault.rule() == Some(rule) && is_before(*since)));
    faults
}

/// Rules that older API servers do not have, with the minor version of Kubernetes 1 that has them.
const LATER: [(&str, u32); 1] = [("cannot be `RestartContainer` in an init container that ends", 37)];
