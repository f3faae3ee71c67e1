//! The template for pods of tasks has no container `base`.

use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::kubernetes::Manifest;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "W109",
    name: "task-without-base",
    level: Level::Warning,
    what: "The template for pods of tasks has no container `base`.",
    why: "Airflow runs the task in the first container, whatever that is for, and calls it `base`.",
    example: Example {
        of: Of::Manifests,
        refused: "{apiVersion: v1, kind: ConfigMap, metadata: {name: m}, data: {pod_template_file.yaml: \"{kind: Pod, apiVersion: v1, spec: {containers: [{name: other}]}}\"}}",
        instead: "{apiVersion: v1, kind: ConfigMap, metadata: {name: m}, data: {pod_template_file.yaml: \"{kind: Pod, apiVersion: v1, spec: {containers: [{name: base}]}}\"}}",
    },
    check: Check::Manifest(check),
};

fn check(manifest: &Manifest, _: &Release<'_>, found: &mut Findings) {
    let Some(pod) = manifest.task_pod() else { return };
    let names: Vec<&str> = pod.items(&["spec", "containers"]).iter().map(|one| one.text(&["name"]).unwrap_or_default()).collect();
    if let Some(first) = names.first().filter(|_| !names.contains(&"base")) {
        found
            .in_manifest(manifest, format_args!("no container of the template for pods of tasks is `base`: tasks run in `{first}`"))
            .of_text(first, "name")
            .help("call the container that runs the task `base`");
    }
}
