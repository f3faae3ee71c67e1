//! The name of an object is not one that Kubernetes takes.

use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::kubernetes::Manifest;
use crate::schema::Kind;
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

fn check(manifest: &Manifest, release: &Release<'_>, found: &mut Findings) {
    if manifest.name().is_empty() {
        return check_nameless(manifest, release, found);
    }
    // Others may call theirs the same.
    let kind = if manifest.is_strange() { "" } else { manifest.kind() };
    let label = matches!(kind, "Service" | "Namespace");
    // A name of theirs is no DNS name (Kubernetes: `ValidateRoleName`).
    let segment = manifest.api_version().starts_with("rbac.authorization.k8s.io/");
    let fits = if segment {
        !["", ".", ".."].contains(&manifest.name()) && !manifest.name().contains(['/', '%', '\n'])
    } else if label {
        DnsLabel::takes(manifest.name())
    } else {
        ObjectName::takes(manifest.name())
    };
    let most = match kind {
        _ if label => 63,
        // It is the value of a label of its pods.
        "Job" => 63,
        // A Job that it makes has a longer one (Kubernetes: `ValidateCronJobCreate`), and a label of a StatefulSet's pods has a hash
        // of ten digits behind it, without which its controller can make none.
        "CronJob" | "StatefulSet" => 52,
        _ => 253,
    };
    if manifest.kind() == "PriorityClass" && manifest.name().starts_with("system-") && !OF_SYSTEM.contains(&manifest.name()) {
        found.in_manifest(manifest, "names that begin with `system-` are the system's own").of_text(manifest.name(), "name");
    }
    if kind == "StatefulSet" && manifest.name().contains('.') {
        found.in_manifest(manifest, "its name has a dot, which the name of a StatefulSet has not").of_text(manifest.name(), "name");
    }
    if manifest.name().len() > most {
        found.in_manifest(manifest, format_args!("its name is longer than {most} characters")).of_text(manifest.name(), "name");
    } else if !fits {
        found
            .in_manifest(manifest, format_args!("its name is not a DNS {}", if label { "label" } else { "name" }))
            .of_text(manifest.name(), "name");
    }
}

/// The priority classes that each cluster has.
const OF_SYSTEM: [&str; 2] = ["system-cluster-critical", "system-node-critical"];

/// An object without a name: the API server makes one of `generateName`, a question to it (`TokenReview`) needs none, and what is of
/// an unknown kind may be no object of a cluster.
fn check_nameless(manifest: &Manifest, release: &Release<'_>, found: &mut Findings) {
    let is_known = Kind::find(manifest.api_version(), manifest.kind()).is_ok_and(|kind| kind.schema.is_some());
    let makes_one = manifest.object.text(&["metadata", "generateName"]).is_some_and(|prefix| !prefix.is_empty());
    // That all of `metadata` is missing is told by itself.
    let is_due = !release.open || is_known && !manifest.kind().ends_with("Review") && manifest.object.get("metadata").is_some();
    if is_due && !makes_one {
        found.in_manifest(manifest, "it has no name").within(manifest, &"metadata".into()).help("set `metadata.name`");
    }
}
