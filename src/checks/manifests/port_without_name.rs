//! A Service has several ports, and one of them has no name.

use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::kubernetes::Manifest;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "N103",
    name: "port-without-name",
    level: Level::Error,
    what: "A Service has several ports, and one of them has no name.",
    why: "The API server refuses it.",
    example: Example {
        of: Of::Manifests,
        refused: "{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {ports: [{port: 1}, {port: 2}]}}",
        instead: "{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {ports: [{name: one, port: 1}, {name: two, port: 2}]}}",
    },
    check: Check::Manifest(check),
};

fn check(manifest: &Manifest, _: &Release<'_>, found: &mut Findings) {
    let Some(spec) = manifest.service() else { return };
    let ports = spec.items(&["ports"]);
    if ports.len() > 1 && ports.iter().any(|port| port.text(&["name"]).is_none_or(str::is_empty)) {
        found.in_manifest(manifest, "of several ports each needs a name");
    }
}
