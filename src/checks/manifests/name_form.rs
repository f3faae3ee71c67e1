//! The name of an object is not one that Kubernetes takes.

use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::kubernetes::Manifest;
use crate::values::{DnsLabel, ObjectName};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "M401",
    name: "name-form",
    level: Level::Error,
    what: "The name of an object is not one that Kubernetes takes.",
    why: "The API server refuses it.",
    example: Example {
        of: Of::Manifests,
        refused: "{apiVersion: v1, kind: Secret, metadata: {name: A_b}}",
        instead: "{apiVersion: v1, kind: Secret, metadata: {name: a-b}}",
    },
    check: Check::Manifest(check),
};

fn check(manifest: &Manifest, _: &Release<'_>, found: &mut Findings) {
    let label = matches!(manifest.kind(), "Service" | "Namespace");
    // A name of theirs is no DNS name (Kubernetes: `ValidateRoleName`).
    let segment = manifest.api_version().starts_with("rbac.authorization.k8s.io/");
    let fits = if segment {
        !["", ".", ".."].contains(&manifest.name()) && !manifest.name().contains(['/', '%', '\n'])
    } else if label {
        DnsLabel::takes(manifest.name())
    } else {
        ObjectName::takes(manifest.name())
    };
    let most = match manifest.kind() {
        _ if label => 63,
        // A Job that it makes has a longer one (Kubernetes: `ValidateCronJobCreate`).
        "CronJob" => 52,
        _ => 253,
    };
    if manifest.name().len() > most {
        found.in_manifest(manifest, format_args!("its name is longer than {most} characters")).of_text(manifest.name(), "name");
    } else if !fits {
        found
            .in_manifest(manifest, format_args!("its name is not a DNS {}", if label { "label" } else { "name" }))
            .of_text(manifest.name(), "name");
    }
}
