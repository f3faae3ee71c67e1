//! Which objects of a list are gen's: a config map that stays in the list says it, and never goes to a cluster.

use std::collections::BTreeSet;

use serde_json::json;

use super::function::Function;
use super::identity::Identity;
use crate::yaml::{self, Node};

/// What marks an object that is for tools alone (kustomize leaves it out of what it prints).
const LOCAL: &str = "config.kubernetes.io/local-config";

/// The key that lists the objects.
const OBJECTS: &str = "objects";

/// The objects that gen put into a list.
#[derive(Debug)]
pub struct Ledger<'f> {
    function: Function<'f>,
    objects: BTreeSet<Identity>,
}

impl<'f> Ledger<'f> {
    /// What a list says of the objects that a function put there.
    pub fn of(items: &[Node], function: Function<'f>) -> Self {
        let mut ledger = Self { function, objects: BTreeSet::new() };
        let text = items.iter().find(|item| ledger.is_in(item)).and_then(|item| item.text(&["data", OBJECTS])).unwrap_or_default();
        ledger.objects = text.lines().filter_map(Identity::read).collect();
        ledger
    }

    /// Whether an item of the list is its config map.
    pub fn is_in(&self, item: &Node) -> bool {
        let is_local = item.at(&["metadata", "annotations", LOCAL]).is_some_and(|value| value.scalar() == "true");
        let text = |path: &[&str]| item.text(path).unwrap_or_default();
        is_local
            && text(&["kind"]) == "ConfigMap"
            && text(&["metadata", "name"]) == self.name()
            && text(&["metadata", "namespace"]) == self.function.namespace
    }

    fn name(&self) -> String {
        format!("gen-ledger-{}", self.function.name)
    }

    /// Whether an object is gen's.
    pub fn has(&self, object: &Identity) -> bool {
        self.objects.contains(object)
    }

    /// Its config map, with other objects.
    pub fn with(&self, objects: &BTreeSet<Identity>) -> Node {
        let lines: String = objects.iter().map(|object| format!("{object}\n")).collect();
        let metadata = match self.function.namespace {
            "" => json!({"name": self.name(), "annotations": {LOCAL: "true"}}),
            namespace => json!({"name": self.name(), "namespace": namespace, "annotations": {LOCAL: "true"}}),
        };
        yaml::plain(&json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata, "data": {OBJECTS: lines}}))
    }
}
