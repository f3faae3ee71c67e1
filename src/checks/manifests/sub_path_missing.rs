//! A part of a volume is mounted that the volume does not have.

use super::targets::{beside, is_filled_later};
use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::error::Severity;
use crate::kubernetes::{DATA, Manifest};
use crate::yaml::{Data, Node};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "M704",
    name: "sub-path-missing",
    level: Level::Error,
    what: "A part of a volume is mounted that the volume does not have.",
    why: "The container would find an empty folder in the place of the file.",
    example: Example {
        of: Of::Manifests,
        refused: concat!(
            "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i, volumeMounts: [{name: v, mountPath: /v, subPath: a}]}], volumes: [{name: v, configMap: {name: m, items: [{key: a, path: b}]}}]}}}}\n",
            "---\n",
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: m}, data: {a: x}}"
        ),
        instead: concat!(
            "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i, volumeMounts: [{name: v, mountPath: /v, subPath: b}]}], volumes: [{name: v, configMap: {name: m, items: [{key: a, path: b}]}}]}}}}\n",
            "---\n",
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: m}, data: {a: x}}"
        ),
    },
    check: Check::Pod(check),
};

fn check(manifest: &Manifest, release: &Release<'_>, found: &mut Findings) {
    let Some(pod) = manifest.pod() else { return };
    for volume in pod.volumes() {
        let Some(files) = files(volume, manifest, release) else { continue };
        let missing = pod.mounts(volume).flatten().filter(|path| !files.iter().any(|file| is_within(path, file)));
        for path in missing {
            let name = volume.text(&["name"]).unwrap_or_default();
            let has = files.iter().map(|file| format!("`{file}`")).collect::<Vec<_>>().join(", ");
            let finding = found
                .in_manifest(manifest, format_args!("the path `{path}` is mounted of the volume `{name}`, which does not have it"))
                .of_text(path, "subPath")
                .note(format!("it has {has}"));
            // It is an empty folder, with which others may be content.
            if release.open {
                finding.severity = Severity::Warning;
            }
        }
    }
}

/// Whether a file is at a path, or below it.
fn is_within(path: &str, file: &str) -> bool {
    file.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The files of a volume, where they are all known and listed. Keys of a whole config map or Secret are another rule's.
fn files<'m>(volume: &'m Node, manifest: &Manifest, release: &Release<'m>) -> Option<Vec<&'m str>> {
    if let Some(source) = volume.get("configMap").or_else(|| volume.get("secret")) {
        return listed(source).filter(|files| !files.is_empty());
    }
    if let Some(source) = volume.get("downwardAPI") {
        return listed(source);
    }
    let sources = volume.get("projected")?.items(&["sources"]);
    let files: Option<Vec<_>> = sources.iter().map(|source| of_source(source, manifest, release)).collect();
    Some(files?.concat())
}

/// The files of a part of a projected volume, where they are known.
fn of_source<'m>(source: &'m Node, manifest: &Manifest, release: &Release<'m>) -> Option<Vec<&'m str>> {
    for (key, kind) in [("configMap", "ConfigMap"), ("secret", "Secret")] {
        let Some(part) = source.get(key) else { continue };
        let files = listed(part)?;
        if !files.is_empty() {
            return Some(files);
        }
        let objects = beside(manifest, kind, part.text(&["name"])?, release);
        if objects.is_empty() || release.open && objects.iter().any(|object| is_filled_later(object)) {
            return None;
        }
        let data = objects.iter().flat_map(|object| DATA.iter().flat_map(|data| object.object.entries(&[data])));
        return Some(data.map(|(key, _)| key).collect());
    }
    match (source.get("downwardAPI"), source.get("serviceAccountToken")) {
        (Some(part), _) => listed(part),
        (_, Some(token)) => Some(vec![token.text(&["path"])?]),
        _ => None,
    }
}

/// The paths that a source lists; none, if it may be missing.
fn listed(source: &Node) -> Option<Vec<&str>> {
    let is_optional = matches!(source.get("optional").map(|node| &node.data), Some(Data::Bool(true)));
    (!is_optional).then(|| source.items(&["items"]).iter().filter_map(|item| item.text(&["path"])).collect())
}
