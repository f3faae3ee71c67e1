//! What the API server writes into objects, and nobody means.

use crate::kubernetes::LAST_APPLIED;
use crate::yaml::{Data, Node};

/// The fields of `metadata` that the API server sets.
const SET: [&str; 6] = ["creationTimestamp", "generation", "managedFields", "resourceVersion", "selfLink", "uid"];

/// The annotations that kubectl and controllers keep.
const KEPT: [&str; 2] = ["deployment.kubernetes.io/revision", LAST_APPLIED];

/// Takes out of an object what the API server has set, and the namespace of the release, which an object may name or not.
pub fn drop(object: &mut Node, release: &str) {
    if let Data::Map(fields) = &mut object.data {
        fields.shift_remove("status");
    }
    if let Some(Data::Map(metadata)) = object.at_mut(&["metadata"]).map(|metadata| &mut metadata.data) {
        let is_of_release = |node: &Node| !release.is_empty() && node.as_str() == Some(release);
        metadata.retain(|key, entry| !SET.contains(&key.as_str()) && (key != "namespace" || !is_of_release(&entry.value)));
        if let Some(Data::Map(annotations)) = metadata.get_mut("annotations").map(|entry| &mut entry.value.data) {
            annotations.retain(|key, _| !KEPT.contains(&key.as_str()));
        }
    }
}
