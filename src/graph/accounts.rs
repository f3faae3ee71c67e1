//! Which workloads make pods: those whose account may.

use super::pods::Pods;
use super::{Drawing, Kind, Shape};
use crate::kubernetes::{Manifest, Set};
use crate::yaml::Node as Yaml;

/// An edge from each workload that may make pods to the pods that are made.
pub(super) fn draw(set: &Set<'_>, pods: &[Pods<'_>], drawing: &mut Drawing) {
    let bindings: Vec<&Manifest> = set.of_kind("RoleBinding").chain(set.of_kind("ClusterRoleBinding")).collect();
    for maker in pods.iter().filter(|pods| pods.shape == Shape::Workload) {
        if bindings.iter().any(|binding| binds(binding, maker) && role(set, binding).is_some_and(may_create_pods)) {
            for made in pods.iter().filter(|pods| pods.shape == Shape::Pods) {
                drawing.edge(maker.node, made.node, Kind::Makes);
            }
        }
    }
}

/// Whether a binding is for the account of pods.
fn binds(binding: &Manifest, pods: &Pods<'_>) -> bool {
    binding.object.items(&["subjects"]).iter().any(|subject| {
        let namespace = match subject.text(&["namespace"]).unwrap_or_default() {
            "" => binding.namespace(),
            namespace => namespace,
        };
        subject.text(&["kind"]).unwrap_or_default() == "ServiceAccount"
            && subject.text(&["name"]).unwrap_or_default() == pods.pod.account()
            && namespace == pods.namespace
    })
}

/// The role that a binding gives.
fn role<'m>(set: &Set<'m>, binding: &Manifest) -> Option<&'m Manifest> {
    let name = binding.object.text(&["roleRef", "name"])?;
    set.find(binding.object.text(&["roleRef", "kind"])?, binding.namespace(), name)
}

fn may_create_pods(role: &Manifest) -> bool {
    let has = |rule: &Yaml, key: &str, wanted: &str| {
        rule.items(&[key]).iter().any(|item| matches!(item.as_str(), Some(text) if text == wanted || text == "*"))
    };
    role.object
        .items(&["rules"])
        .iter()
        .any(|rule| has(rule, "apiGroups", "") && has(rule, "resources", "pods") && has(rule, "verbs", "create"))
}
