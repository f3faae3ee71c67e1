//! Tasks run in another namespace, and what their pods refer to is not among the manifests there.

use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::kubernetes::{Manifest, references};
use crate::schema::Kind;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "X110",
    name: "task-without-neighbours",
    level: Level::Warning,
    what: "Tasks run in another namespace, and what their pods refer to is not among the manifests there.",
    why: "A pod reads Secrets and volumes of its own namespace alone; gen copies there what it makes itself, and no claims.",
    example: Example {
        of: Of::Manifests,
        refused: concat!(
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: m, namespace: etl}, data: {pod_template_file.yaml: ",
            "\"{kind: Pod, apiVersion: v1, spec: {containers: [{name: base, envFrom: [{secretRef: {name: s}}]}]}}\"}}"
        ),
        instead: concat!(
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: m, namespace: etl}, data: {pod_template_file.yaml: ",
            "\"{kind: Pod, apiVersion: v1, spec: {containers: [{name: base}]}}\"}}"
        ),
    },
    check: Check::Manifest(check),
};

fn check(manifest: &Manifest, release: &Release<'_>, found: &mut Findings) {
    let namespace = manifest.namespace();
    // Where the release itself is, others say what is missing; of anyone's it may be elsewhere.
    if release.open || release.set.pods().any(|(other, _)| other.namespace() == namespace) {
        return;
    }
    let Some(pod) = manifest.task_pod() else { return };
    let is_there = |kind: &str, name: &str| {
        let is_stored = |store: &&Manifest| kind == "Secret" && store.namespace() == namespace && store.makes_secret(name);
        let is_built_in = kind == "ServiceAccount" && name == "default";
        is_built_in
            || release.set.find(kind, namespace, name).is_some()
            || release.set.of_kind("ExternalSecret").any(|store| is_stored(&store))
    };
    let mut missing: Vec<String> = references(&pod)
        .into_iter()
        .filter(|reference| !reference.optional && !Kind::is_of_cluster(reference.kind) && !is_there(reference.kind, reference.name))
        .map(|reference| format!("{} `{}`", reference.kind, reference.name))
        .collect();
    missing.sort();
    missing.dedup();
    if !missing.is_empty() {
        found
            .in_manifest(manifest, format_args!("pods of tasks in the namespace `{namespace}` need what has to exist there"))
            .note(missing.join(", "))
            .help(format!("make them in `{namespace}` too; `gen` copies there what it makes itself, and no volume is in two namespaces"));
    }
}
