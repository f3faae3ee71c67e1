//! What each way to the cluster needs in the manifests: objects as the API server keeps them, Jobs that can be applied again,
//! and what is applied first.
//!
//! What a Job does cannot change once it is there. For `kubectl` a changed Job has a new name; Argo CD and Flux replace
//! Jobs that are annotated for it; for Helm the manifests stay as they are, to be compared with the chart's.

use serde_json::Value;

use crate::checksum;
use crate::kubernetes::{LAST_APPLIED, Manifest};
use crate::values::{Delivery, Edition};
use crate::yaml::{self, Data, Entry, Map, Node};

/// Argo CD's annotation for the wave in which an object is applied; a wave begins when all lower ones are healthy.
const WAVE: &str = "argocd.argoproj.io/sync-wave";
/// The wave of the objects that the database migration needs; the migration itself has the next one.
const FIRST: &str = "-2";
/// The kinds that pods need in order to start, and that are ready as soon as they exist.
const NEEDED: [&str; 7] = ["Namespace", "ServiceAccount", "Secret", "ExternalSecret", "ConfigMap", "Role", "RoleBinding"];
/// The annotation with which Flux replaces an object that cannot be changed.
const FORCE: (&str, &str) = ("kustomize.toolkit.fluxcd.io/force", "enabled");

/// The most characters of a Job's name: the name is also a label's value on the Job's pods.
const MOST: usize = 63;

/// The manifests, prepared for the way to the cluster. Those of the edition 1.10 stay the article's.
#[must_use]
pub fn prepared(mut manifests: Vec<Manifest>, edition: Edition, delivery: Delivery) -> Vec<Manifest> {
    for manifest in &mut manifests {
        if edition == Edition::Current && delivery != Delivery::Helm {
            manifest.keep();
        }
        let is_job = manifest.kind() == "Job";
        match delivery {
            Delivery::Kubectl if is_job => name_by_content(manifest),
            Delivery::Argocd if NEEDED.contains(&manifest.kind()) => annotate(manifest, WAVE, FIRST),
            Delivery::Flux if is_job => {
                annotate(manifest, FORCE.0, FORCE.1);
                // Flux would recreate a Job that was removed.
                if let Some(spec) = field(&mut manifest.object, "spec") {
                    spec.shift_remove("ttlSecondsAfterFinished");
                }
            }
            _ => {}
        }
    }
    manifests
}

/// Writes an object for `kubectl create` as `kubectl apply` would leave it, so that a later `apply` takes it for its own.
pub fn as_applied(manifest: &mut Manifest) {
    let mut applied = serde_json::to_value(&manifest.object).unwrap_or_default();
    if let Some(metadata) = applied.get_mut("metadata").and_then(Value::as_object_mut) {
        metadata.entry("annotations").or_insert_with(|| Value::Object(serde_json::Map::new()));
    }
    applied.sort_all_objects();
    // Go writes these so.
    let escaped = [('<', "\\u003c"), ('>', "\\u003e"), ('&', "\\u0026")];
    let text = escaped.into_iter().fold(applied.to_string(), |text, (plain, escaped)| text.replace(plain, escaped));
    annotate(manifest, LAST_APPLIED, &format!("{text}\n"));
}

/// Appends a hash of a Job's content to its name.
fn name_by_content(manifest: &mut Manifest) {
    let content = manifest.object.get("spec").map(yaml::write).unwrap_or_default();
    let hash = &checksum::of_bytes(content.as_bytes())[..8];
    let base: String = manifest.name().chars().take(MOST - 1 - hash.len()).collect();
    let name = format!("{}-{hash}", base.trim_end_matches(['-', '.']));
    if let Some(metadata) = field(&mut manifest.object, "metadata") {
        metadata.insert("name".to_owned(), text(&name));
    }
}

/// Adds an annotation, unless the user gave it.
fn annotate(manifest: &mut Manifest, key: &str, value: &str) {
    if let Some(metadata) = field(&mut manifest.object, "metadata") {
        let annotations = metadata.entry("annotations".to_owned()).or_insert_with(|| entry(Data::Map(Map::default())));
        if let Data::Map(annotations) = &mut annotations.value.data {
            annotations.entry(key.to_owned()).or_insert_with(|| text(value));
        }
    }
}

/// The entries of a field that is a map.
fn field<'n>(node: &'n mut Node, key: &str) -> Option<&'n mut Map> {
    let Data::Map(entries) = &mut node.data else { return None };
    match &mut entries.get_mut(key)?.value.data {
        Data::Map(entries) => Some(entries),
        _ => None,
    }
}

fn text(text: &str) -> Entry {
    entry(Data::String(text.to_owned()))
}

fn entry(data: Data) -> Entry {
    let value = Node::new(data);
    Entry { key: value.origin, value }
}
