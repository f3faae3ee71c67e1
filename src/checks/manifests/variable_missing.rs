//! A path within a volume has a variable in it that the container does not have.

use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::kubernetes::Manifest;
use crate::yaml::Node;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "M705",
    name: "variable-missing",
    level: Level::Error,
    what: "A path within a volume has a variable in it that the container does not have.",
    why: "The kubelet knows the path by the container's own variables alone, and would not start it.",
    example: Example {
        of: Of::Manifests,
        refused: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i, volumeMounts: [{name: v, mountPath: /v, subPathExpr: $(POD)}]}], volumes: [{name: v, emptyDir: {}}]}}}}",
        instead: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i, env: [{name: POD, valueFrom: {fieldRef: {fieldPath: metadata.name}}}], volumeMounts: [{name: v, mountPath: /v, subPathExpr: $(POD)}]}], volumes: [{name: v, emptyDir: {}}]}}}}",
    },
    check: Check::Pod(check),
};

fn check(manifest: &Manifest, _: &Release<'_>, found: &mut Findings) {
    let Some(pod) = manifest.pod() else { return };
    for container in pod.containers() {
        // What a whole Secret or config map brings may be anything.
        if !container.items(&["envFrom"]).is_empty() {
            continue;
        }
        let is_said = |name: &str| container.items(&["env"]).iter().any(|one| one.text(&["name"]) == Some(name));
        let has = |name: &&str| is_said(name) || is_of_cluster(name) || *name == INDEX && is_indexed(manifest);
        for path in container.items(&["volumeMounts"]).iter().filter_map(|mount| mount.text(&["subPathExpr"])) {
            for name in variables(path).filter(|name| !has(name)) {
                let fault = format_args!("the path `{path}` has the variable `{name}` in it, which the container does not have");
                found.in_container(manifest, name_of(container), fault).of_text(path, "subPathExpr");
            }
        }
    }
}

/// The variable that the controller of Jobs gives to pods that it counts (Kubernetes: `addCompletionIndexEnvVariables`).
const INDEX: &str = "JOB_COMPLETION_INDEX";

fn is_indexed(manifest: &Manifest) -> bool {
    let mode = ["spec", "completionMode"];
    let of_template = ["spec", "jobTemplate", "spec", "completionMode"];
    [&mode[..], &of_template].iter().any(|path| manifest.object.text(path) == Some("Indexed"))
}

fn name_of(container: &Node) -> &str {
    container.text(&["name"]).unwrap_or_default()
}

/// The variables in a text, as `$(NAME)`; `$$` is a dollar sign.
fn variables(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let (_, after) = rest.split_once('$')?;
            rest = after.strip_prefix('$').unwrap_or(after);
            let Some(open) = after.strip_prefix('(') else { continue };
            let (name, after) = open.split_once(')')?;
            rest = after;
            return Some(name);
        }
    })
}

/// Whether a variable may be one that the kubelet gives for a Service of the namespace.
fn is_of_cluster(name: &str) -> bool {
    ["_SERVICE_HOST", "_SERVICE_PORT", "_PORT"].iter().any(|part| name.contains(part))
}
