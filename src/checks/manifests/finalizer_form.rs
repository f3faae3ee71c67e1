//! A finalizer has a name that is not qualified.

use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::kubernetes::Manifest;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "M404",
    name: "finalizer-form",
    level: Level::Error,
    what: "A finalizer has a name that is not qualified.",
    why: "The API server refuses the object: whose finalizer it is, the part before a `/` says.",
    example: Example {
        of: Of::Manifests,
        refused: "{apiVersion: v1, kind: ConfigMap, metadata: {name: m, finalizers: [keep]}}",
        instead: "{apiVersion: v1, kind: ConfigMap, metadata: {name: m, finalizers: [example.com/keep]}}",
    },
    check: Check::Manifest(check),
};

/// The groups of the API of which servers refuse it; of others, and of custom resources, they take any name.
const GROUPS: [&str; 9] = [
    "",
    "apps",
    "autoscaling",
    "batch",
    "discovery.k8s.io",
    "networking.k8s.io",
    "rbac.authorization.k8s.io",
    "scheduling.k8s.io",
    "storage.k8s.io",
];

/// Kubernetes' own finalizers.
const OWN: [&str; 3] = ["kubernetes", "orphan", "foregroundDeletion"];

fn check(manifest: &Manifest, _: &Release<'_>, found: &mut Findings) {
    let group = manifest.api_version().split_once('/').map_or("", |(group, _)| group);
    if !GROUPS.contains(&group) {
        return;
    }
    for finalizer in manifest.object.items(&["metadata", "finalizers"]) {
        let name = finalizer.scalar();
        if !name.contains('/') && !OWN.contains(&name.as_str()) {
            let fault = format!("the name of the finalizer `{name}` is not qualified");
            let finding = found.in_manifest(manifest, fault).at_node(manifest, finalizer);
            finding.of_text(&name, "finalizers").help(format!("say whose it is, such as `example.com/{name}`"));
        }
    }
}
