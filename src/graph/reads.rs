//! What pods read of Secrets and config maps.

use std::borrow::Cow;

use super::Shape;
use super::pods::Pods;
use crate::encoded;
use crate::kubernetes::{Manifest, Reference, Set};

/// The kind of object that a shape stands for.
pub(super) fn kind(shape: Shape) -> &'static str {
    if shape == Shape::Secret { "Secret" } else { "ConfigMap" }
}

/// The object if the set has it, or the ExternalSecret that makes it from a store.
pub(super) fn object<'m>(set: &Set<'m>, shape: Shape, namespace: &str, name: &str) -> Option<&'m Manifest> {
    set.find(kind(shape), namespace, name).or_else(|| {
        let mut stores = set.of_kind("ExternalSecret").filter(|_| shape == Shape::Secret);
        stores.find(|store| store.namespace() == namespace && store.makes_secret(name))
    })
}

/// A Secret or a config map that pods read.
#[derive(Debug)]
pub(super) struct Read<'m> {
    pub shape: Shape,
    pub reference: Reference<'m>,
}

impl<'m> Read<'m> {
    /// The object, if the set has it.
    pub fn object(&self, set: &Set<'m>, namespace: &str) -> Option<&'m Manifest> {
        object(set, self.shape, namespace, self.reference.name)
    }

    /// Its values, with the names under which the pods get them.
    pub fn settings(&self, set: &Set<'m>, namespace: &str) -> Vec<(&'m str, Cow<'m, str>)> {
        let mut settings = Vec::new();
        let object = self.object(set, namespace).map(|manifest| &manifest.object);
        for (field, encoded) in [("data", self.shape == Shape::Secret), ("stringData", false)] {
            for (key, value) in object.into_iter().flat_map(|object| object.entries(&[field])) {
                if self.reference.whole || self.reference.keys.contains(&key) {
                    let value = value.as_str().unwrap_or_default();
                    let value = if encoded { decoded(value).into() } else { value.into() };
                    settings.push((self.reference.variable.unwrap_or(key), value));
                }
            }
        }
        // The variable exists even if its value is not known.
        if let Some(variable) = self.reference.variable.filter(|_| settings.is_empty()) {
            settings.push((variable, "".into()));
        }
        settings
    }
}

/// The text of a Secret's value; empty if the value is not text.
fn decoded(value: &str) -> String {
    encoded::decoded(value).and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// All that pods read, by environment and by volumes.
pub(super) fn of<'m>(pods: &Pods<'m>) -> Vec<Read<'m>> {
    let shape = |reference: &Reference<'_>| match reference.kind {
        "Secret" => Some(Shape::Secret),
        "ConfigMap" => Some(Shape::ConfigMap),
        _ => None,
    };
    let references = pods.pod.references().into_iter();
    references.filter_map(|reference| Some(Read { shape: shape(&reference)?, reference })).collect()
}
