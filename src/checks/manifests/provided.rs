//! What the user provides: whatever parts of the values refer to.

use crate::kubernetes::references;
use crate::model::External;
use crate::yaml::{self, Data, Entry, Map, Node};

/// Parts of the values that are given as texts of YAML.
const TEXTS: [&[&str]; 4] = [&["extraEnv"], &["extraEnvFrom"], &["podTemplate"], &["dags", "gitSync", "envFrom"]];

/// The kinds of objects that others may provide.
const KINDS: [&str; 16] = [
    "Secret",
    "ConfigMap",
    "PersistentVolumeClaim",
    "ServiceAccount",
    "PersistentVolume",
    "ClusterRole",
    "Role",
    "PriorityClass",
    "RuntimeClass",
    "StorageClass",
    "IngressClass",
    "Service",
    "Deployment",
    "StatefulSet",
    "TriggerAuthentication",
    "ClusterTriggerAuthentication",
];

/// The objects that parts of the values refer to: the user has them, or they would not be named there.
#[must_use]
pub fn external_of_values(values: &Node) -> Vec<External> {
    let of_kind = |kind: &str| KINDS.into_iter().find(|name| *name == kind);
    let objects = values.items(&["extraObjects"]).iter().filter_map(Node::as_str);
    let patches = || values.items(&["patches"]).iter().filter_map(|patch| patch.get("patch"));
    let texts = TEXTS.iter().filter_map(|path| values.at(path)?.as_str()).chain(objects).chain(patches().filter_map(Node::as_str));
    let texts: Vec<Node> = texts.flat_map(|text| yaml::read(text, 0).unwrap_or_default()).collect();
    let operations: Vec<Node> = patches().chain(&texts).filter_map(Node::as_list).flatten().filter_map(set_by).collect();
    texts
        .iter()
        .chain([values])
        .chain(&operations)
        .flat_map(references)
        .filter(|reference| !reference.optional)
        .filter_map(|reference| Some(External::object(of_kind(reference.kind)?, reference.name)))
        .collect()
}

/// What an operation of a JSON patch sets: the key at the end of its path, with its value.
fn set_by(operation: &Node) -> Option<Node> {
    let key = operation.text(&["path"])?.rsplit('/').next()?.to_owned();
    let value = operation.get("value")?.clone();
    Some(Node::new(Data::Map(Map::from_iter([(key, Entry { key: None, value })]))))
}
