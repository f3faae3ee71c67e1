//! What pods read of Secrets and config maps.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::pods::Pods;
use super::{Set, Shape, entries, items, text};
use crate::kubernetes::Manifest;
use crate::yaml::{Data, Node as Yaml};

/// A Secret or a config map that pods read.
#[derive(Debug)]
pub(super) struct Read<'m> {
    pub shape: Shape,
    pub name: &'m str,
    /// The keys that they read; all, if it is empty.
    keys: Vec<&'m str>,
    /// The variable that takes the value.
    variable: Option<&'m str>,
    pub optional: bool,
}

/// The kind of object that a shape stands for.
pub(super) fn kind(shape: Shape) -> &'static str {
    if shape == Shape::Secret { "Secret" } else { "ConfigMap" }
}

/// The object, if the set has it; or what makes it of what a store has.
pub(super) fn object<'m>(set: Set<'m>, shape: Shape, namespace: &str, name: &str) -> Option<&'m Manifest> {
    set.find(kind(shape), namespace, name).or_else(|| {
        let mut stored = set.of_kind("ExternalSecret").filter(|_| shape == Shape::Secret);
        stored.find(|manifest| manifest.namespace() == namespace && text(&manifest.object, &["spec", "target", "name"]) == name)
    })
}

impl<'m> Read<'m> {
    /// The object, if the set has it.
    pub fn object(&self, set: Set<'m>, namespace: &str) -> Option<&'m Manifest> {
        object(set, self.shape, namespace, self.name)
    }

    /// What stands in it, with the names under which the pods get it.
    pub fn settings(&self, set: Set<'m>, namespace: &str) -> Vec<(&'m str, Cow<'m, str>)> {
        let mut settings = Vec::new();
        let object = self.object(set, namespace).map(|manifest| &manifest.object);
        for (field, encoded) in [("data", self.shape == Shape::Secret), ("stringData", false)] {
            for (key, value) in object.into_iter().flat_map(|object| entries(object, &[field])) {
                if self.keys.is_empty() || self.keys.contains(&key) {
                    let value = value.as_str().unwrap_or_default();
                    let value = if encoded { decoded(value).into() } else { value.into() };
                    settings.push((self.variable.unwrap_or(key), value));
                }
            }
        }
        // A variable is there, even if its value is not known.
        if let Some(variable) = self.variable.filter(|_| settings.is_empty()) {
            settings.push((variable, "".into()));
        }
        settings
    }
}

/// The text of a value of a Secret; empty, if it is none.
fn decoded(value: &str) -> String {
    STANDARD.decode(value).ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// All that pods read, by environment and by volumes.
pub(super) fn of<'m>(pods: &Pods<'m>) -> Vec<Read<'m>> {
    let mut reads = Vec::new();
    let mut add = |shape, name: &'m str, node: &Yaml, keys, variable| {
        if !name.is_empty() {
            let optional = matches!(node.get("optional").map(|node| &node.data), Some(Data::Bool(true)));
            reads.push(Read { shape, name, keys, variable, optional });
        }
    };
    for container in pods.containers() {
        for variable in items(container, &["env"]) {
            for (reference, shape) in [("secretKeyRef", Shape::Secret), ("configMapKeyRef", Shape::ConfigMap)] {
                if let Some(node) = variable.at(&["valueFrom", reference]) {
                    add(shape, text(node, &["name"]), node, vec![text(node, &["key"])], Some(text(variable, &["name"])));
                }
            }
        }
        for source in items(container, &["envFrom"]) {
            for (reference, shape) in [("secretRef", Shape::Secret), ("configMapRef", Shape::ConfigMap)] {
                if let Some(node) = source.get(reference) {
                    add(shape, text(node, &["name"]), node, Vec::new(), None);
                }
            }
        }
    }
    for volume in items(pods.spec, &["volumes"]) {
        for source in [volume].into_iter().chain(items(volume, &["projected", "sources"])) {
            for (field, name, shape) in [("secret", "secretName", Shape::Secret), ("configMap", "name", Shape::ConfigMap)] {
                if let Some(node) = source.get(field) {
                    let name = if text(node, &[name]).is_empty() { text(node, &["name"]) } else { text(node, &[name]) };
                    add(shape, name, node, mounted_keys(pods, volume, node), None);
                }
            }
        }
    }
    reads
}

/// The keys of a volume that are mounted; none, if it is mounted whole.
fn mounted_keys<'m>(pods: &Pods<'m>, volume: &Yaml, source: &'m Yaml) -> Vec<&'m str> {
    let chosen: Vec<&str> = items(source, &["items"]).iter().map(|item| text(item, &["key"])).collect();
    if !chosen.is_empty() {
        return chosen;
    }
    let mounts = pods.containers().flat_map(|container| items(container, &["volumeMounts"]));
    let paths: Vec<&str> =
        mounts.filter(|mount| text(mount, &["name"]) == text(volume, &["name"])).map(|mount| text(mount, &["subPath"])).collect();
    if paths.contains(&"") { Vec::new() } else { paths }
}
