//! Checksums of what the user adds or patches: pods that read it are replaced when it changes.

use crate::checksum;
use crate::kubernetes::{DATA, Manifest};
use crate::yaml::{self, Data, Entry, Map, Node};

/// The annotation of pods.
const CHECKSUM: &str = "checksum/extra-objects";
/// The kinds whose pods are replaced when their template changes, and only then.
const REPLACED: [&str; 3] = ["Deployment", "StatefulSet", "DaemonSet"];

/// Annotates the pods of the set that read a Secret or a config map which is the user's, or which a patch has changed.
pub fn restart(manifests: &mut [Manifest]) {
    let is_own = |one: &&Manifest| one.given.is_some() || !one.patches.is_empty();
    let holders = manifests.iter().filter(|one| ["Secret", "ConfigMap"].contains(&one.kind())).filter(is_own);
    let sums: Vec<(String, String, String, String)> = holders
        .map(|one| {
            let parts = DATA.iter().filter_map(|field| one.object.get(field).map(yaml::write).map(|text| (*field, text)));
            let parts: Vec<_> = parts.collect();
            let sum = checksum::of(parts.iter().map(|(field, text)| (*field, text.as_str())));
            (one.kind().to_owned(), one.namespace().to_owned(), one.name().to_owned(), sum)
        })
        .collect();
    if sums.is_empty() {
        return;
    }
    let own = manifests.iter_mut().filter(|one| one.given.is_none() && REPLACED.contains(&one.kind()));
    for manifest in own {
        let references = manifest.pod().map(|pod| pod.references()).unwrap_or_default();
        let is_read = |(kind, namespace, name, _): &&(String, String, String, String)| {
            *namespace == manifest.namespace() && references.iter().any(|reference| reference.kind == *kind && reference.name == *name)
        };
        let read: Vec<_> = sums.iter().filter(is_read).map(|(kind, _, name, sum)| (format!("{kind}/{name}"), sum.as_str())).collect();
        if !read.is_empty() {
            let sum = checksum::of(read.iter().map(|(name, sum)| (name.as_str(), *sum)));
            annotate(&mut manifest.object, &sum);
        }
    }
}

/// Adds the annotation to the template of the pods, unless the user gave it.
fn annotate(object: &mut Node, sum: &str) {
    let metadata = object.at_mut(&["spec", "template", "metadata"]);
    let Some(Data::Map(metadata)) = metadata.map(|node| &mut node.data) else { return };
    let annotations =
        metadata.entry("annotations".to_owned()).or_insert_with(|| Entry { key: None, value: Node::new(Data::Map(Map::default())) });
    let Data::Map(annotations) = &mut annotations.value.data else { return };
    annotations.entry(CHECKSUM.to_owned()).or_insert_with(|| Entry { key: None, value: Node::new(Data::String(sum.to_owned())) });
}
