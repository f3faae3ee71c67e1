//! A key is read of an object that does not have it.

use super::targets::{Referrer, Target, is_filled_later};
use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::error::Severity;
use crate::kubernetes::{DATA, Manifest};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "M701",
    name: "key-missing",
    level: Level::Error,
    what: "A key is read of an object that does not have it.",
    why: "The pod would not start.",
    example: Example {
        of: Of::Manifests,
        refused: concat!(
            "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i, env: [{name: A, valueFrom: {configMapKeyRef: {name: m, key: k}}}]}]}}}}\n",
            "---\n",
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: m}, data: {other: v}}\n"
        ),
        instead: concat!(
            "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i, env: [{name: A, valueFrom: {configMapKeyRef: {name: m, key: k}}}]}]}}}}\n",
            "---\n",
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: m}, data: {k: v}}\n"
        ),
    },
    check: Check::References(check),
};

fn check(referrer: &Referrer<'_>, release: &Release<'_>, found: &mut Findings) {
    for (reference, target) in &referrer.needed {
        let Target::Here(objects) = target else { continue };
        let (kind, name) = (reference.kind, reference.name);
        // Another maker may put its keys beside those that are there.
        let is_merged = || kind == "Secret" && release.set.all().iter().any(|one| one.makes_secret(name));
        if release.open && (objects.iter().any(|object| is_filled_later(object)) || is_merged()) {
            continue;
        }
        // One that does not say its namespace may be in another one.
        let is_beside = objects.iter().any(|object| object.namespace() == referrer.manifest.namespace());
        // A variable has nothing of `binaryData` (Kubernetes: `makeEnvironmentVariables`).
        let is_read = |data: &&&str| reference.variable.is_none() || **data != "binaryData";
        let has = |key: &str| objects.iter().any(|object| DATA.iter().filter(is_read).any(|data| object.object.at(&[data, key]).is_some()));
        let may_lack = |key: &str| release.external.iter().any(|known| known.provides(kind, name, Some(key)));
        for key in reference.keys.iter().filter(|key| !has(key) && !may_lack(key)) {
            let finding = found
                .in_manifest(referrer.manifest, format_args!("it reads the key `{key}` of the {kind} `{name}`, which does not have it"))
                .of_text(key, reference.said_at);
            // A mount of a part that is not there is an empty folder, with which others may be content.
            let is_content = reference.variable.is_none() && !is_listed(referrer.manifest, key);
            if release.open && (is_content || !is_beside) {
                finding.severity = Severity::Warning;
            }
        }
    }
}

/// Whether a volume of its pod lists a key.
fn is_listed(manifest: &Manifest, key: &str) -> bool {
    let volumes = manifest.pod().map(|pod| pod.volumes()).unwrap_or_default().iter();
    let sources = volumes.flat_map(|volume| [volume].into_iter().chain(volume.items(&["projected", "sources"])));
    let items = sources.flat_map(|source| ["secret", "configMap"].into_iter().flat_map(|kind| source.items(&[kind, "items"])));
    items.filter_map(|item| item.text(&["key"])).any(|listed| listed == key)
}
