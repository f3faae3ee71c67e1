//! Pods and templates of pods: what their metadata and their spec say together.

use super::reading::{at as behind, list, map, says};
use crate::schema::{Finding, Trail};
use crate::yaml::{Map, Node};

/// A label is looked at in one way.
pub(super) fn label_keys(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let others = list(entries, "mismatchLabelKeys");
    for (index, key) in list(entries, "matchLabelKeys").iter().enumerate() {
        let at = &Trail::Index(&Trail::Key(at, "matchLabelKeys"), index);
        if others.iter().any(|other| other.as_str() == key.as_str()) {
            says(findings, at, "is one of `mismatchLabelKeys` too", "this key");
        }
    }
}

/// Where terms are in the affinity of a pod, with the way from one to what it selects.
const AFFINITIES: [&str; 2] = ["podAffinity", "podAntiAffinity"];
const TERMS: [(&str, Option<&str>); 2] = [
    ("requiredDuringSchedulingIgnoredDuringExecution", None),
    ("preferredDuringSchedulingIgnoredDuringExecution", Some("podAffinityTerm")),
];

/// What a pod has in the labels of `matchLabelKeys` the API server adds to the selector beside them, which says nothing of these labels
/// itself (Kubernetes: `pkg/registry/core/pod`, `applyLabelKeysToLabelSelector`).
pub(super) fn merged_label_keys(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let Some(spec) = behind(entries, &["spec"]).and_then(Node::as_map) else { return };
    let labels: Vec<&str> =
        behind(entries, &["metadata"]).map(|metadata| metadata.entries(&["labels"])).into_iter().flatten().map(|(key, _)| key).collect();
    let at = &Trail::Key(at, "spec");
    for (index, constraint) in list(spec, "topologySpreadConstraints").iter().enumerate() {
        merged(constraint, &labels, &Trail::Index(&Trail::Key(at, "topologySpreadConstraints"), index), findings);
    }
    for affinity in AFFINITIES {
        let at = &Trail::Key(at, "affinity");
        let at = &Trail::Key(at, affinity);
        for (key, within) in TERMS {
            let at = &Trail::Key(at, key);
            for (index, item) in
                behind(spec, &["affinity", affinity]).map(|affinity| affinity.items(&[key])).unwrap_or_default().iter().enumerate()
            {
                let at = &Trail::Index(at, index);
                match within {
                    None => merged(item, &labels, at, findings),
                    Some(within) => {
                        if let Some(term) = item.get(within) {
                            merged(term, &labels, &Trail::Key(at, within), findings);
                        }
                    }
                }
            }
        }
    }
}

fn merged(term: &Node, labels: &[&str], at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let Some(selector) = term.get("labelSelector").filter(|selector| !selector.is_null()) else { return };
    let keys: Vec<&str> = term.items(&["matchLabelKeys"]).iter().filter_map(Node::as_str).collect();
    for (index, key) in keys.iter().enumerate().filter(|(index, key)| !keys[index + 1..].contains(key)) {
        let of_expressions = selector.items(&["matchExpressions"]).iter().filter(|one| one.text(&["key"]) == Some(key)).count();
        let of_selector = of_expressions + usize::from(selector.at(&["matchLabels", key]).is_some());
        let added = if labels.contains(key) { keys.iter().filter(|other| *other == key).count() } else { 0 };
        if of_selector + added > 1 {
            let what = if of_selector > 0 { "is a key of `labelSelector` too" } else { "is there twice" };
            says(findings, &Trail::Index(&Trail::Key(at, "matchLabelKeys"), index), what, "this key");
        }
    }
}

/// A pod that mirrors one of a kubelet says on which node that is.
pub(super) fn mirrored(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    const MIRROR: &str = "kubernetes.io/config.mirror";
    let has_node = behind(entries, &["spec", "nodeName"]).is_some_and(|node| !node.says_nothing());
    if behind(entries, &["metadata", "annotations", MIRROR]).is_some() && !has_node {
        let at = &Trail::Key(at, "metadata");
        says(findings, &Trail::Key(&Trail::Key(at, "annotations"), MIRROR), "needs `spec.nodeName`", "this annotation");
    }
}

/// The most characters of the name of an object.
const LONGEST: usize = 253;

/// The claims of a pod's own are named after the pod and the volume.
pub(super) fn names_of_claims(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let name = behind(entries, &["metadata", "name"]).map(Node::scalar).unwrap_or_default();
    let volumes = behind(entries, &["spec"]).map(|spec| spec.items(&["volumes"])).unwrap_or_default();
    for (index, volume) in volumes.iter().enumerate().filter(|(_, volume)| volume.get("ephemeral").is_some()) {
        let length = name.len() + 1 + volume.text(&["name"]).unwrap_or_default().len();
        if length > LONGEST {
            let at = &Trail::Key(at, "spec");
            let at = &Trail::Index(&Trail::Key(at, "volumes"), index);
            let what = format!("makes a claim whose name, of the pod's and its own, has {length} characters, and may have {LONGEST}");
            says(findings, &Trail::Key(at, "name"), what, "this name");
        }
    }
}

/// What annotations say of a pod: what it costs to delete it, and profiles of its containers.
pub(super) fn pod_annotations(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    const COST: &str = "controller.kubernetes.io/pod-deletion-cost";
    const APP_ARMOR: &str = "container.apparmor.security.beta.kubernetes.io/";
    const TOLERATIONS: &str = "scheduler.alpha.kubernetes.io/tolerations";
    const SECCOMP: [&str; 2] = ["seccomp.security.alpha.kubernetes.io/pod", "container.seccomp.security.alpha.kubernetes.io/"];
    let Some(metadata) = behind(entries, &["metadata"]).and_then(Node::as_map) else { return };
    let metadata_at = Trail::Key(at, "metadata");
    let annotations_at = Trail::Key(&metadata_at, "annotations");
    for (key, value) in map(metadata, "annotations") {
        let (at, value) = (&Trail::Key(&annotations_at, key), value.scalar());
        if key == COST {
            let begins = value == "0" || value.starts_with(|c: char| c == '-' || matches!(c, '1'..='9'));
            if !begins || value.parse::<i32>().is_err() {
                says(findings, at, "must be a whole number, such as `\"5\"`", "this annotation");
            }
        } else if key == TOLERATIONS && !value.is_empty() && serde_json::from_str::<Vec<serde_json::Value>>(&value).is_err() {
            says(findings, at, "must be a JSON list of tolerations", "this annotation");
        } else if let Some(name) = key.strip_prefix(APP_ARMOR) {
            let containers =
                ["containers", "initContainers"].map(|of| behind(entries, &["spec", of]).and_then(Node::as_list).unwrap_or_default());
            let container = containers.into_iter().flatten().find(|container| container.text(&["name"]) == Some(name));
            let field = |key: &str| container.and_then(|container| container.text(&["securityContext", "appArmorProfile", key]));
            let of_field = match field("type") {
                Some("RuntimeDefault") => Some("runtime/default".to_owned()),
                Some("Unconfined") => Some("unconfined".to_owned()),
                Some("Localhost") => Some(format!("localhost/{}", field("localhostProfile").unwrap_or_default())),
                _ => None,
            };
            if container.is_none() {
                says(findings, at, format!("names the container `{name}`, which the pod does not have"), "this annotation");
            } else if of_field.is_some_and(|profile| profile != value) {
                says(findings, at, "must say what `appArmorProfile` of the container says", "this annotation");
            } else if !["", "runtime/default", "unconfined"].contains(&value.as_str()) && !value.starts_with("localhost/") {
                says(findings, at, "must be `runtime/default`, `unconfined` or `localhost/NAME`", "this annotation");
            }
        } else if key == SECCOMP[0] || key.starts_with(SECCOMP[1]) {
            let is_known = ["runtime/default", "docker/default", "unconfined"].contains(&value.as_str());
            if !is_known && !value.starts_with("localhost/") {
                says(findings, at, "must be `runtime/default`, `unconfined` or `localhost/NAME`", "this annotation");
            }
        }
    }
}
