//! Amounts: of containers and pods, of quotas and of bounds.

use std::cmp::Ordering;

use super::is_whole;
use super::reading::{list, map, number, says, size, text};
use crate::schema::rules::is_there;
use crate::schema::{Finding, Trail};
use crate::yaml::{Map, Node};

const PAGES: &str = "hugepages-";

/// Kubernetes: `pkg/apis/core/validation`, `validateResourceRequirements`.
pub(super) fn resources(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let mut has = [false, false];
    for key in ["limits", "requests"] {
        for (name, amount) in map(entries, key) {
            has[0] |= name.starts_with(PAGES);
            has[1] |= ["cpu", "memory"].contains(&name);
            let at = Trail::Key(at, key);
            if !is_of_container(name) {
                let what = "is no resource of a container: `cpu`, `memory`, `ephemeral-storage`, `hugepages-SIZE` and names with a `/` are";
                says(findings, &Trail::Key(&at, name), what, "this resource");
                continue;
            }
            // Of bytes the server takes a part of one, with a warning.
            if is_extended(name) && !is_whole(amount) {
                says(findings, &Trail::Key(&at, name), "must be a whole number", "this amount");
            }
            if let Some(page) = name.strip_prefix(PAGES)
                && let (Some(page), Some(amount)) = (super::quantity::billionths(page), size(amount))
                && page > 0
                && amount % page != 0
            {
                says(findings, &Trail::Key(&at, name), "must be a multiple of the size of a page", "this amount");
            }
            if key == "requests" {
                let limit = entries.get("limits").and_then(|entry| entry.value.get(name));
                if let Some(what) = beside_limit(name, amount, limit, is_lent(name)) {
                    says(findings, &Trail::Key(&at, name), what, "this amount");
                }
            }
        }
    }
    if has == [true, false] {
        says(findings, at, "needs `cpu` or `memory` beside huge pages", "in this map");
    }
}

/// Whether a container may have a resource: one of Kubernetes' own, or one with a prefix.
fn is_of_container(name: &str) -> bool {
    match name.split_once('/') {
        Some((prefix, rest)) => {
            let fits = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
            !prefix.is_empty() && !rest.is_empty() && rest.len() <= 63 && fits(prefix) && fits(rest) && !name.starts_with("requests.")
        }
        None => ["cpu", "memory", "ephemeral-storage"].contains(&name) || name.starts_with(PAGES),
    }
}

/// Whether a resource is none of Kubernetes' own (Kubernetes: `pkg/apis/core/helper`, `IsExtendedResourceName`).
fn is_extended(name: &str) -> bool {
    name.contains('/') && !name.contains("kubernetes.io/")
}

/// Whether a container may have more of a resource than it asks for.
fn is_lent(name: &str) -> bool {
    !name.starts_with(PAGES) && !is_extended(name)
}

/// What is wrong with a request beside its limit; `is_lent` says whether a container may use more than it asks for.
fn beside_limit(name: &str, amount: &Node, limit: Option<&Node>, is_lent: bool) -> Option<String> {
    let Some(limit) = limit else { return (!is_lent).then(|| format!("needs a limit of `{name}`, and an equal one")) };
    let (amount, most) = (size(amount)?, size(limit)?);
    match amount.cmp(&most) {
        Ordering::Greater => Some(format!("must be at most the limit, `{}`", limit.scalar())),
        Ordering::Less if !is_lent => Some(format!("must be equal to the limit, `{}`", limit.scalar())),
        _ => None,
    }
}

/// What a pod as a whole may have.
pub(super) fn pod_amounts(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    for key in ["limits", "requests"] {
        for (name, _) in map(entries, key).filter(|(name, _)| !["cpu", "memory"].contains(name) && !name.starts_with(PAGES)) {
            let at = &Trail::Key(&Trail::Key(at, key), name);
            says(findings, at, "is no resource of a pod: `cpu`, `memory` and `hugepages-SIZE` are", "this resource");
        }
    }
}

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

pub(super) fn quota(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    for (name, amount) in map(entries, "hard") {
        let at = &Trail::Key(&Trail::Key(at, "hard"), name);
        let is_known = COUNTED.contains(&name) || BOUNDED.contains(&name);
        if !is_known && !name.contains('/') && !name.starts_with(PAGES) && !name.starts_with("requests.hugepages-") {
            says(findings, at, "is nothing that a quota bounds", "this resource");
        }
        if (COUNTED.contains(&name) || name.starts_with("count/")) && !is_whole(amount) {
            says(findings, at, "must be a whole number", "this amount");
        }
    }
}

/// Which pods a quota is about (Kubernetes: `pkg/apis/core/validation`, `validateResourceQuotaScopes`).
pub(super) fn quota_scopes(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let scopes: Vec<&str> = list(entries, "scopes").iter().filter_map(Node::as_str).collect();
    for [one, other] in [["BestEffort", "NotBestEffort"], ["Terminating", "NotTerminating"]] {
        if scopes.contains(&one) && scopes.contains(&other) {
            says(findings, &Trail::Key(at, "scopes"), format!("cannot have `{one}` beside `{other}`"), "this list");
        }
    }
    for (name, _) in map(entries, "hard") {
        let is_of_pods = name == "pods" || BOUNDED.contains(&name) && !name.contains("storage");
        let fits = |scope: &&str| match *scope {
            "BestEffort" => name == "pods",
            "Terminating" | "NotTerminating" | "NotBestEffort" | "PriorityClass" => is_of_pods,
            _ => true,
        };
        let is_known = COUNTED.contains(&name) || BOUNDED.contains(&name);
        if let Some(scope) = scopes.iter().find(|scope| is_known && !fits(scope)) {
            let at = &Trail::Key(&Trail::Key(at, "hard"), name);
            says(findings, at, format!("has no place here beside the scope `{scope}`"), "this resource");
        }
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
    if !["Container", "Pod"].contains(&text(entries, "type")) {
        return;
    }
    for key in OF_LIMITS {
        for (name, _) in map(entries, key).filter(|(name, _)| !is_of_container(name)) {
            says(findings, &Trail::Key(&Trail::Key(at, key), name), "is no resource of a container", "this resource");
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
        if ratio < 1_000_000_000 {
            says(findings, at, "must be 1 or more", "this ratio");
        } else if let (Some(least), Some(most)) = (bound("min"), bound("max"))
            && ratio.checked_mul(least).is_some_and(|amount| amount / 1_000_000_000 > most)
        {
            says(findings, at, "must be at most `max` divided by `min`", "this ratio");
        }
    }
}

/// What the containers of a pod ask for, beside what the pod as a whole does.
pub(super) fn pod_resources(pod: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let Some(whole) = pod.get("resources").and_then(|entry| entry.value.as_map()) else { return };
    for (name, amount) in map(whole, "requests") {
        let of = |container: &Node| container.at(&["resources", "requests", name]).and_then(size).unwrap_or_default();
        let lasts = |container: &&Node| container.text(&["restartPolicy"]) == Some("Always");
        let own: i128 = list(pod, "containers").iter().map(of).sum();
        let beside: i128 = list(pod, "initContainers").iter().filter(lasts).map(of).sum();
        if size(amount).is_some_and(|amount| own + beside > amount) {
            let at = &Trail::Key(&Trail::Key(&Trail::Key(at, "resources"), "requests"), name);
            says(findings, at, "must be at least what its containers ask for together", "this amount");
        }
    }
    for (index, container) in list(pod, "containers").iter().enumerate() {
        for (name, limit) in container.entries(&["resources", "limits"]) {
            let most = whole.get("limits").and_then(|entry| entry.value.get(name));
            if most.and_then(size).zip(size(limit)).is_some_and(|(most, limit)| limit > most) {
                let at = &Trail::Index(&Trail::Key(at, "containers"), index);
                let at = &Trail::Key(&Trail::Key(&Trail::Key(at, "resources"), "limits"), name);
                says(findings, at, "must be at most the limit of the pod", "this amount");
            }
        }
    }
}

/// The devices that containers ask for are claimed by the pod.
pub(super) fn claims(pod: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let claimed: Vec<&str> = list(pod, "resourceClaims").iter().filter_map(|claim| claim.text(&["name"])).collect();
    super::reading::each_container(pod, at, |container, at, _| {
        let claims = super::reading::at(container, &["resources", "claims"]).and_then(Node::as_list).unwrap_or_default();
        let at = &Trail::Key(&Trail::Key(at, "resources"), "claims");
        let mut seen: Vec<(&str, &str)> = Vec::new();
        for (index, claim) in claims.iter().enumerate() {
            let name = claim.text(&["name"]).unwrap_or_default();
            let key = (name, claim.text(&["request"]).unwrap_or_default());
            if !claimed.contains(&name) {
                says(findings, &Trail::Index(at, index), "must be one of `resourceClaims` of the pod", "this claim");
            } else if seen.iter().any(|(other, request)| *other == name && (key.1.is_empty() || request.is_empty() || *request == key.1)) {
                says(findings, &Trail::Index(at, index), "is there twice", "this claim");
            }
            seen.push(key);
        }
    });
}

/// How often an autoscaler lets there be a pod.
pub(super) fn autoscaler(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let amount = |key: &str| number(entries.get(key).map(|entry| &entry.value));
    let (least, most) = (amount("minReplicas"), amount("maxReplicas"));
    if least.zip(most).is_some_and(|(least, most)| most >= 1 && least > most) {
        says(findings, &Trail::Key(at, "minReplicas"), "must be at most `maxReplicas`", "this number");
    }
    let counts_others = |metric: &Node| matches!(metric.text(&["type"]), Some("Object" | "External"));
    if least == Some(0) && !list(entries, "metrics").iter().any(counts_others) {
        let what = "must be 1 or more without a metric of the type `Object` or `External`";
        says(findings, &Trail::Key(at, "minReplicas"), what, "this number");
    }
}

/// Rules of how fast an autoscaler is need one that says it, if they are there.
pub(super) fn policies(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    if entries.get("policies").is_some_and(|entry| entry.value.as_list().is_some()) && !is_there(entries, "policies") {
        says(findings, &Trail::Key(at, "policies"), "must not be empty", "this list");
    }
}

/// What an autoscaler scales is of a group, but for the oldest of controllers.
pub(super) fn scaled(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let Some(target) = super::reading::at(entries, &["scaleTargetRef"]) else { return };
    let of = |key: &str| target.text(&[key]).unwrap_or_default();
    let (version, kind) = (of("apiVersion"), of("kind"));
    let is_oldest = version == "v1" && kind == "ReplicationController";
    if !kind.is_empty() && !is_oldest && version.matches('/').count() != 1 {
        let at = &Trail::Key(&Trail::Key(at, "scaleTargetRef"), "apiVersion");
        says(findings, at, "must be a group and a version, such as `apps/v1`", "this version");
    }
}
