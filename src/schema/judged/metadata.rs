//! What objects say of themselves: whose they are, what holds them, and how urgent they are.

use super::reading::{at as behind, is_true, list, number, says};
use crate::schema::{Finding, Trail};
use crate::yaml::{Map, Node};

/// Of the owners of an object one controls it (Kubernetes: `apimachinery/pkg/api/validation`, `ValidateOwnerReferences`).
pub(super) fn owners(metadata: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let owners = list(metadata, "ownerReferences").iter().enumerate();
    let controls = |owner: &Node| owner.as_map().is_some_and(|owner| is_true(owner, &["controller"]));
    for (index, _) in owners.filter(|(_, owner)| controls(owner)).skip(1) {
        let at = &Trail::Key(&Trail::Index(&Trail::Key(at, "ownerReferences"), index), "controller");
        says(findings, at, "is `true` of another owner too", "this key");
    }
}

/// What belongs to an object is deleted before it, or stays.
pub(super) fn finalizers(metadata: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let has = |name: &str| list(metadata, "finalizers").iter().any(|finalizer| finalizer.as_str() == Some(name));
    if has("orphan") && has("foregroundDeletion") {
        says(findings, &Trail::Key(at, "finalizers"), "cannot have `orphan` beside `foregroundDeletion`", "this list");
    }
}

/// The number of a state of an object, which the server gives; who gives one gives none below 0.
pub(super) fn generation(metadata: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    if number(behind(metadata, &["generation"])).is_some_and(|generation| generation < 0) {
        says(findings, &Trail::Key(at, "generation"), "must be at least 0", "this number");
    }
}

/// The priority classes that each cluster has, with their values.
const OF_SYSTEM: [(&str, i64); 2] = [("system-cluster-critical", 2_000_000_000), ("system-node-critical", 2_000_001_000)];

/// The greatest priority that is not the system's (Kubernetes: `HighestUserDefinablePriority`).
const GREATEST: i64 = 1_000_000_000;

/// Whether a priority class is one that each cluster has.
#[must_use]
pub(crate) fn is_priority_of_system(name: &str) -> bool {
    OF_SYSTEM.iter().any(|(own, _)| *own == name)
}

pub(super) fn priority(class: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let name = behind(class, &["metadata", "name"]).map(Node::scalar).unwrap_or_default();
    let Some(value) = number(behind(class, &["value"])) else { return };
    let at = &Trail::Key(at, "value");
    match OF_SYSTEM.iter().find(|(own, _)| *own == name) {
        Some((_, own)) if *own != value => says(findings, at, format!("must be {own}, as each cluster has it"), "this number"),
        Some(_) if is_true(class, &["globalDefault"]) => says(findings, at, "is the system's own, and not the default", "this number"),
        None if value > GREATEST => says(findings, at, format!("must be at most {GREATEST}"), "this number"),
        _ => {}
    }
}
