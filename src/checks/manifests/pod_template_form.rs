//! The pod that the Kubernetes executor makes is not one that the Kubernetes API takes.

use super::part;
use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::kubernetes::Manifest;
use crate::schema::{Fault, Finding, Schema, Step};
use crate::yaml::{self, Node};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "M201",
    name: "pod-template-form",
    level: Level::Error,
    what: "The pod that the Kubernetes executor makes is not one that the Kubernetes API takes.",
    why: "Airflow could not make a pod of it, and no task would run.",
    example: Example {
        of: Of::Manifests,
        refused: "{apiVersion: v1, kind: ConfigMap, metadata: {name: m}, data: {pod_template_file.yaml: \"kind: Pod\\nspec: {replicas: 1}\"}}",
        instead: "{apiVersion: v1, kind: ConfigMap, metadata: {name: m}, data: {pod_template_file.yaml: \"{kind: Pod, apiVersion: v1, spec: {containers: [{name: base}]}}\"}}",
    },
    check: Check::Manifest(check),
};

fn check(manifest: &Manifest, _: &Release<'_>, found: &mut Findings) {
    let Some(text) = manifest.object.text(&["data", KEY]).filter(|_| manifest.kind() == "ConfigMap") else { return };
    let Some(schema) = Schema::of_kind("v1", "Pod") else { return };
    let documents = yaml::read(text, 0).unwrap_or_default();
    let Ok([mut pod]) = <[Node; 1]>::try_from(documents) else {
        found.in_manifest(manifest, format_args!("`{KEY}` is not one YAML document"));
        return;
    };
    yaml::tidy(&mut pod);
    // Airflow adds what is missing of the pod and its first container: the image, the name.
    let is_added = |fault: &Finding| {
        let of_first = matches!(fault.path.0.as_slice(), [.., Step::Key(list), Step::Index(0)] if list == "containers");
        matches!(fault.fault, Fault::Missing { .. }) && (of_first || fault.path.0.len() < 2)
    };
    for fault in schema.check(&pod).into_iter().filter(|fault| !is_added(fault)) {
        part::tell(found, manifest, &pod, &format!("`{KEY}`: "), &fault);
    }
    for (key, expected) in [("apiVersion", "v1"), ("kind", "Pod")] {
        if let Some(text) = pod.text(&[key]).filter(|text| *text != expected) {
            found.in_manifest(manifest, format_args!("`{KEY}`: `{key}` is `{text}`, and not `{expected}`")).of_text(text, key);
        }
    }
    let names = pod.items(&["spec", "containers"]).iter().map(|container| container.text(&["name"]));
    if names.skip(1).any(|name| name == Some("base")) {
        found
            .in_manifest(manifest, format_args!("`{KEY}`: `base` is not the first container, and Airflow takes the first for it"))
            .help("let `base` be the first, which runs the task");
    }
}

/// The key of a config map that holds such a pod.
const KEY: &str = "pod_template_file.yaml";
