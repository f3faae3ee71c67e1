//! Amounts: of containers, and what refers to them.

use std::cmp::Ordering;

use super::is_whole;
use super::reading::{each_container, list, map, says, size, text};
use super::resource_names::{fault_of_container, is_extended, is_lent, is_of_pages, page};
use crate::schema::{Finding, Trail, quantity};
use crate::yaml::{Map, Node};

/// Kubernetes: `pkg/apis/core/validation`, `validateResourceRequirements`.
pub(super) fn resources(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    amounts(entries, at, "limits", findings);
    amounts(entries, at, "requests", findings);
    let requests = &Trail::Key(at, "requests");
    for (name, amount) in map(entries, "requests").filter(|(name, _)| fault_of_container(name).is_none()) {
        let limit = entries.get("limits").and_then(|entry| entry.value.get(name));
        if let Some(what) = beside_limit(name, amount, limit) {
            says(findings, &Trail::Key(requests, name), what, "this amount");
        }
    }
    let names = ["limits", "requests"].into_iter().flat_map(|key| map(entries, key)).map(|(name, _)| name);
    alone(&names.collect::<Vec<_>>(), at, findings);
}

/// What a pod costs beside its containers.
pub(super) fn overhead(pod: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    amounts(pod, at, "overhead", findings);
    alone(&map(pod, "overhead").map(|(name, _)| name).collect::<Vec<_>>(), &Trail::Key(at, "overhead"), findings);
}

/// Amounts that containers have, each by itself.
fn amounts(entries: &Map, at: &Trail<'_>, key: &str, findings: &mut Vec<Finding>) {
    for (name, amount) in map(entries, key) {
        let at = &Trail::Key(&Trail::Key(at, key), name);
        if let Some(what) = fault_of_container(name) {
            says(findings, at, what, "this resource");
        } else if is_extended(name) && !is_whole(amount) {
            // Of bytes the server takes a part of one, with a warning.
            says(findings, at, "must be a whole number", "this amount");
        }
        pages(name, amount, at, findings);
    }
}

/// Huge pages are whole ones.
pub(super) fn pages(name: &str, amount: &Node, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let Some(amount) = size(amount).filter(|_| is_of_pages(name) && fault_of_container(name).is_none()) else { return };
    let bytes = amount + (-amount).rem_euclid(quantity::UNIT);
    if page(name).is_none_or(|page| bytes % page != 0) {
        says(findings, at, "must be a multiple of the size of a page", "this amount");
    }
}

/// Huge pages are not all that a container asks for.
pub(super) fn alone(names: &[&str], at: &Trail<'_>, findings: &mut Vec<Finding>) {
    if names.iter().any(|name| is_of_pages(name)) && !names.iter().any(|name| ["cpu", "memory"].contains(name)) {
        says(findings, at, "needs `cpu` or `memory` beside huge pages", "in this map");
    }
}

/// What is wrong with a request beside its limit.
fn beside_limit(name: &str, amount: &Node, limit: Option<&Node>) -> Option<String> {
    let Some(limit) = limit else { return (!is_lent(name)).then(|| format!("needs a limit of `{name}`, and an equal one")) };
    let (amount, most) = (size(amount)?, size(limit)?);
    match amount.cmp(&most) {
        Ordering::Greater => Some(format!("must be at most the limit, `{}`", limit.scalar())),
        Ordering::Less if !is_lent(name) => Some(format!("must be equal to the limit, `{}`", limit.scalar())),
        _ => None,
    }
}

/// The units in which a container is told of its bytes.
const UNITS_OF_BYTES: [&str; 13] = ["1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei"];

/// The unit in which a container is told of its resources: the server goes by how it writes it (Kubernetes:
/// `validateContainerResourceDivisor`).
pub(super) fn divisor(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let Some(unit) = entries.get("divisor").map(|entry| quantity::written(&entry.value)) else { return };
    let resource = text(entries, "resource");
    let (units, expected): (&[&str], _) = match resource.split_once('.').map_or(resource, |(_, name)| name) {
        "cpu" => (&["1", "1m"], "must be `1` or `1m`"),
        "memory" | "ephemeral-storage" => (&UNITS_OF_BYTES, "must be `1`, `1k`, `1M`, `1G`, `1Ki`, `1Mi`, `1Gi` and so on"),
        name if is_of_pages(name) => (&UNITS_OF_BYTES, "must be `1`, `1k`, `1M`, `1G`, `1Ki`, `1Mi`, `1Gi` and so on"),
        _ => return,
    };
    let is_one = quantity::shown(&unit).is_some_and(|shown| units.contains(&shown.as_str()));
    // One of 0 is none, and what is no quantity is told.
    if !is_one && quantity::billionths(&unit).is_some_and(|size| size != 0) {
        says(findings, &Trail::Key(at, "divisor"), expected, "this unit");
    }
}

/// The devices that containers ask for are claimed by the pod.
pub(super) fn claims(pod: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let claimed: Vec<&str> = list(pod, "resourceClaims").iter().filter_map(|claim| claim.text(&["name"])).collect();
    each_container(pod, at, |container, at, _| {
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
