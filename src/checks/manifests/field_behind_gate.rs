//! A field is behind a feature gate of Kubernetes that is closed by default.

use super::part;
use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::kubernetes::Manifest;
use crate::schema::{Fault, Finding, Later, Schema};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "W112",
    name: "field-behind-gate",
    level: Level::Warning,
    what: "A field is behind a feature gate of Kubernetes that is closed by default.",
    why: "The API server drops the field without a word, unless whoever runs the cluster has opened the gate \
          (`--feature-gates`). A gate is judged as the version of `--kube-version` has it, else as the newest has it.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "scheduler: {containerLifecycleHooks: {stopSignal: SIGINT}}\n"),
        instead: "airflowVersion: 3.2.0",
    },
    check: Check::Pod(check),
};

fn check(manifest: &Manifest, release: &Release<'_>, found: &mut Findings) {
    for finding in dropped(manifest, release) {
        let told = part::tell(found, manifest, &manifest.object, "", &finding).within(manifest, &finding.path);
        told.label = finding.fault.label();
    }
}

/// The fields of an object that the API server drops.
pub(super) fn dropped(manifest: &Manifest, release: &Release<'_>) -> Vec<Finding> {
    let version = release.cluster.version;
    let behind = |Later { since, gate, .. }| {
        let gate = gate.filter(|_| version.is_none_or(|version| !version.is_before(since)))?;
        let open = match gate.open {
            Some(open) => Some((open, version.filter(|version| version.is_before(open))?.to_string())),
            None => None,
        };
        Some(Fault::Gated { gate: gate.name, open })
    };
    let schema = Schema::of_kind(manifest.api_version(), manifest.kind());
    schema.map(|schema| schema.later(&manifest.object, behind)).unwrap_or_default()
}
