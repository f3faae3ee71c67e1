//! Who makes pods: whose account may.

use super::pods::Pods;
use super::{Drawing, Kind, Set, Shape, items, text};
use crate::kubernetes::Manifest;
use crate::yaml::Node as Yaml;

/// An edge from each workload that may make pods to the pods that are made.
pub(super) fn draw(set: &Set<'_>, pods: &[Pods<'_>], drawing: &mut Drawing) {
    let bindings: Vec<&Manifest> = set.of_kind("RoleBinding").chain(set.of_kind("ClusterRoleBinding")).collect();
    for maker in pods.iter().filter(|pods| pods.shape == Shape::Workload) {
        if bindings.iter().any(|binding| binds(binding, maker) && role(*set, binding).is_some_and(may_create_pods)) {
            for made in pods.iter().filter(|pods| pods.shape == Shape::Pods) {
                drawing.edge(maker.node, made.node, Kind::Makes);
            }
        }
    }
}

/// Whether a binding is for the account of pods.
fn binds(binding: &Manifest, pods: &Pods<'_>) -> bool {
    items(&binding.object, &["subjects"]).iter().any(|subject| {
        let namespace = match text(subject, &["namespace"]) {
            "" => binding.namespace(),
            namespace => namespace,
        };
        text(subject, &["kind"]) == "ServiceAccount" && text(subject, &["name"]) == pods.account() && namespace == pods.namespace
    })
}

/// The role that a binding gives.
fn role<'m>(set: Set<'m>, binding: &Manifest) -> Option<&'m Manifest> {
    let name = text(&binding.object, &["roleRef", "name"]);
    match text(&binding.object, &["roleRef", "kind"]) {
        "Role" => set.find("Role", binding.namespace(), name),
        _ => set.find("ClusterRole", "", name),
    }
}

fn may_create_pods(role: &Manifest) -> bool {
    let has = |rule: &Yaml, key: &str, wanted: &str| {
        items(rule, &[key]).iter().any(|item| matches!(item.as_str(), Some(text) if text == wanted || text == "*"))
    };
    items(&role.object, &["rules"])
        .iter()
        .any(|rule| has(rule, "apiGroups", "") && has(rule, "resources", "pods") && has(rule, "verbs", "create"))
}
