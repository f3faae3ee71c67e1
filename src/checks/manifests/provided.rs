//! What the user provides: whatever parts of the values refer to.

use crate::kubernetes::references;
use crate::model::External;
use crate::yaml::{self, Node};

/// Parts of the values that are given as texts of YAML.
const TEXTS: [&[&str]; 4] = [&["extraEnv"], &["extraEnvFrom"], &["podTemplate"], &["dags", "gitSync", "envFrom"]];

/// The objects that parts of the values refer to: the user has them, or they would not be named there.
#[must_use]
pub fn external_of_values(values: &Node) -> Vec<External> {
    let known = ["Secret", "ConfigMap", "PersistentVolumeClaim", "ServiceAccount", "PersistentVolume", "ClusterRole", "Role"];
    let of_kind = |kind: &str| known.into_iter().find(|name| *name == kind);
    let objects = values.items(&["extraObjects"]).iter().filter_map(Node::as_str);
    let texts = TEXTS.iter().filter_map(|path| values.at(path)?.as_str()).chain(objects);
    let texts: Vec<Node> = texts.flat_map(|text| yaml::read(text, 0).unwrap_or_default()).collect();
    texts
        .iter()
        .chain([values])
        .flat_map(references)
        .filter(|reference| !reference.optional)
        .filter_map(|reference| Some(External::object(of_kind(reference.kind)?, reference.name)))
        .collect()
}
