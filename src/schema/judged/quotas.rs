//! Amounts: of quotas and of bounds.

use super::is_whole;
use super::reading::{list, map, says, size, text};
use super::resource_names::{fault, fault_of_container, is_extended, is_lent, is_of_pages};
use crate::schema::{Finding, Trail, quantity};
use crate::yaml::{Map, Node};

/// What a quota counts (Kubernetes: `pkg/apis/core/helper`, `integerResources`).
const COUNTED: [&str; 9] = [
    "pods",
    "services",
    "replicationcontrollers",
    "resourcequotas",
    "secrets",
    "configmaps",
    "persistentvolumeclaims",
    "services.nodeports",
    "services.loadbalancers",
];

/// What else a quota bounds.
const BOUNDED: [&str; 10] = [
    "cpu",
    "memory",
    "ephemeral-storage",
    "requests.cpu",
    "requests.memory",
    "requests.storage",
    "requests.ephemeral-storage",
    "limits.cpu",
    "limits.memory",
    "limits.ephemeral-storage",
];

/// Whether a quota bounds it without any prefix (Kubernetes: `pkg/apis/core/helper`, `IsStandardQuotaResourceName`).
fn is_bounded(name: &str) -> bool {
    COUNTED.contains(&name) || BOUNDED.contains(&name) || is_of_pages(name.strip_prefix("requests.").unwrap_or(name))
}

pub(super) fn quota(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    for (name, amount) in map(entries, "hard") {
        let at = &Trail::Key(&Trail::Key(at, "hard"), name);
        if !is_bounded(name) && !name.contains('/') {
            says(findings, at, "is nothing that a quota bounds", "this resource");
        } else if let Some(what) = fault(name) {
            says(findings, at, what, "this resource");
        }
        if (COUNTED.contains(&name) || is_extended(name)) && !is_whole(amount) {
            says(findings, at, "must be a whole number", "this amount");
        }
    }
}

/// Which pods or claims a quota is about (Kubernetes: `pkg/apis/core/validation`, `validateResourceQuotaScopes` and
/// `validateScopedResourceSelectorRequirement`).
pub(super) fn quota_scopes(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let listed: Vec<&str> = list(entries, "scopes").iter().filter_map(Node::as_str).collect();
    for (index, _) in listed.iter().enumerate().filter(|(_, scope)| scope.is_empty()) {
        says(findings, &Trail::Index(&Trail::Key(at, "scopes"), index), "must be the name of a scope", "this scope");
    }
    let selector = entries.get("scopeSelector").map(|entry| entry.value.items(&["matchExpressions"])).unwrap_or_default();
    let selected: Vec<&str> = selector.iter().filter_map(|one| one.text(&["scopeName"])).collect();
    for (scopes, key) in [(&listed, "scopes"), (&selected, "scopeSelector")] {
        for [one, other] in [["BestEffort", "NotBestEffort"], ["Terminating", "NotTerminating"]] {
            if scopes.contains(&one) && scopes.contains(&other) {
                says(findings, &Trail::Key(at, key), format!("cannot have `{one}` beside `{other}`"), "this list");
            }
        }
    }
    for (name, _) in map(entries, "hard").filter(|(name, _)| is_bounded(name)) {
        if let Some(scope) = listed.iter().chain(&selected).find(|scope| !fits(scope, name)) {
            let at = &Trail::Key(&Trail::Key(at, "hard"), name);
            says(findings, at, format!("has no place here beside the scope `{scope}`"), "this resource");
        }
    }
}

/// Whether what a scope is about has a resource.
fn fits(scope: &str, name: &str) -> bool {
    let compute = ["cpu", "memory", "limits.cpu", "limits.memory", "requests.cpu", "requests.memory"];
    match scope {
        "BestEffort" => name == "pods",
        "CrossNamespacePodAffinity" | "NotBestEffort" | "NotTerminating" | "PriorityClass" | "Terminating" => {
            name == "pods" || compute.contains(&name)
        }
        "VolumeAttributesClass" => ["persistentvolumeclaims", "requests.storage"].contains(&name),
        _ => true,
    }
}

/// A pod has no amounts by default; an empty map says none.
pub(super) fn pod_bounds(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let is_given = |key: &&str| map(entries, key).next().is_some();
    for key in ["default", "defaultRequest"].into_iter().filter(|key| text(entries, "type") == "Pod" && is_given(key)) {
        says(findings, &Trail::Key(at, key), "has no place here where `type` is `Pod`", "this key");
    }
    let has_storage = |key: &str| map(entries, key).any(|(name, _)| name == "storage");
    if text(entries, "type") == "PersistentVolumeClaim" && !has_storage("min") && !has_storage("max") {
        says(findings, at, "needs `min` or `max` of `storage` where `type` is `PersistentVolumeClaim`", "in this map");
    }
}

/// What a range of limits speaks of.
const OF_LIMITS: [&str; 5] = ["min", "defaultRequest", "default", "max", "maxLimitRequestRatio"];

pub(super) fn limit_names(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let is_of_pods = ["Container", "Pod"].contains(&text(entries, "type"));
    for key in OF_LIMITS {
        for (name, _) in map(entries, key) {
            let at = &Trail::Key(&Trail::Key(at, key), name);
            let what = if is_of_pods {
                fault_of_container(name)
            } else if name.contains('/') || is_bounded(name) || name == "storage" {
                fault(name)
            } else {
                Some("is no resource of Kubernetes, and has no prefix")
            };
            if let Some(what) = what {
                says(findings, at, what, "this resource");
            }
        }
    }
}

/// No amount is above one that is to be at least as large.
pub(super) fn limits_in_order(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let amounts = &OF_LIMITS[..4];
    for (position, key) in amounts.iter().enumerate() {
        for (name, amount) in map(entries, key) {
            let least = size(amount);
            for above in &amounts[position + 1..] {
                let most = entries.get(*above).and_then(|entry| entry.value.get(name)).and_then(size);
                if least.zip(most).is_some_and(|(least, most)| least > most) {
                    says(findings, &Trail::Key(&Trail::Key(at, key), name), format!("must be at most that of `{above}`"), "this amount");
                    break;
                }
            }
        }
    }
    for (name, request) in map(entries, "defaultRequest").filter(|(name, _)| text(entries, "type") == "Container" && !is_lent(name)) {
        let limit = entries.get("default").and_then(|entry| entry.value.get(name)).and_then(size);
        if limit.zip(size(request)).is_some_and(|(limit, request)| limit > request) {
            says(findings, &Trail::Key(&Trail::Key(at, "defaultRequest"), name), "must be that of `default`", "this amount");
        }
    }
    for (name, ratio) in map(entries, "maxLimitRequestRatio") {
        let at = &Trail::Key(&Trail::Key(at, "maxLimitRequestRatio"), name);
        let bound = |key: &str| entries.get(key).and_then(|entry| entry.value.get(name)).and_then(size).filter(|size| *size > 0);
        let Some(ratio) = size(ratio) else { continue };
        if ratio < quantity::UNIT {
            says(findings, at, "must be 1 or more", "this ratio");
        } else if let (Some(least), Some(most)) = (bound("min"), bound("max"))
            && ratio.checked_mul(least).is_some_and(|amount| amount / quantity::UNIT > most)
        {
            says(findings, at, "must be at most `max` divided by `min`", "this ratio");
        }
    }
}
