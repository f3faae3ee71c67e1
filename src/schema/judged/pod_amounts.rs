//! Amounts of a pod as a whole, beside those of its containers.

use std::collections::BTreeMap;

use super::reading::{list, map, says, size};
use super::resource_names::{fault, is_lent, is_of_pages};
use super::resources::{alone, pages};
use crate::schema::rules::is_there;
use crate::schema::{Finding, Trail};
use crate::yaml::{Map, Node};

/// Amounts in billionths, by the names of their resources.
type Amounts<'n> = BTreeMap<&'n str, i128>;

/// What a container has, as far as the server reckons with it.
struct Container<'n> {
    limits: Amounts<'n>,
    requests: Amounts<'n>,
    /// Whether it is there before the others: only for a while, or with them.
    is_init: bool,
    lasts: bool,
}

/// Of a pod the server fills in what is not said.
pub(super) fn own_amounts(pod: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let Some(spec) = pod.get("spec").and_then(|entry| entry.value.as_map()) else { return };
    let at = &Trail::Key(at, "spec");
    // It is its class that says what it costs beside its containers.
    if is_there(spec, "overhead") && !is_there(spec, "runtimeClassName") {
        says(findings, at, "needs `runtimeClassName` beside `overhead`", "in this map");
    }
    judge(spec, at, true, findings);
}

/// Of a template it does not.
pub(super) fn template_amounts(template: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    if let Some(spec) = template.get("spec").and_then(|entry| entry.value.as_map()) {
        judge(spec, &Trail::Key(at, "spec"), false, findings);
    }
}

/// Kubernetes: `pkg/apis/core/validation`, `validatePodResources`.
fn judge(pod: &Map, at: &Trail<'_>, is_filled: bool, findings: &mut Vec<Finding>) {
    let Some(whole) = pod.get("resources").and_then(|entry| entry.value.as_map()) else { return };
    let own = &Trail::Key(at, "resources");
    if whole.get("claims").is_some_and(|entry| entry.value.as_list().is_some_and(<[_]>::is_empty)) {
        says(findings, &Trail::Key(own, "claims"), "has no place here", "this key");
    }
    for key in ["limits", "requests"] {
        for (name, amount) in map(whole, key) {
            let at = &Trail::Key(&Trail::Key(own, key), name);
            if !is_of_pod(name) {
                says(findings, at, "is no resource of a pod: `cpu`, `memory` and `hugepages-SIZE` are", "this resource");
            } else if let Some(what) = fault(name) {
                says(findings, at, what, "this resource");
            }
            pages(name, amount, at, findings);
        }
    }
    let containers = containers(pod, is_filled);
    let (limits_of_all, requests_of_all) = (together(&containers, |one| &one.limits), together(&containers, |one| &one.requests));
    let (mut limits, mut requests) = (amounts(whole, "limits"), amounts(whole, "requests"));
    if is_filled && !(limits.is_empty() && requests.is_empty()) {
        fill(&mut limits, &mut requests, &limits_of_all, &requests_of_all);
    }
    fill_pages(&mut limits, &requests, &containers, &limits_of_all, is_filled);
    alone(&limits.keys().chain(requests.keys()).copied().collect::<Vec<_>>(), own, findings);

    let written = |name: &str| map(whole, "requests").any(|(other, _)| other == name);
    for (name, request) in requests.iter().filter(|(name, _)| is_of_pod(name)) {
        let least = requests_of_all.get(name).copied().unwrap_or_default();
        let limit = limits.get(name).copied();
        let at = &Trail::Key(&Trail::Key(own, if written(name) { "requests" } else { "limits" }), name);
        match limit {
            _ if least > *request => says(findings, at, OF_CONTAINERS, "this amount"),
            Some(limit) if *request > limit && written(name) => says(findings, at, "must be at most the limit of the pod", "this amount"),
            Some(limit) if *request > limit => says(findings, at, OF_CONTAINERS, "this amount"),
            Some(limit) if *request < limit && !is_lent(name) => says(findings, at, "must be equal to the limit of the pod", "this amount"),
            None if !is_lent(name) => says(findings, at, format!("needs a limit of `{name}`, and an equal one"), "this amount"),
            _ => {}
        }
    }
    // Huge pages are not lent. Of requests it is told above.
    let is_told = |name: &str| requests.get(name).zip(requests_of_all.get(name)).is_some_and(|(request, least)| least > request);
    for (name, limit) in limits.iter().filter(|(name, _)| is_of_pages(name) && !is_told(name)) {
        if limits_of_all.get(name).is_some_and(|least| least > limit) {
            says(findings, &Trail::Key(&Trail::Key(own, "limits"), name), OF_CONTAINERS, "this amount");
        }
    }
    below_limits(pod, at, &limits, findings);
}

/// What is wrong with an amount of a pod that is too small.
const OF_CONTAINERS: &str = "must be at least what its containers ask for together";

/// Whether a pod as a whole may have a resource.
fn is_of_pod(name: &str) -> bool {
    ["cpu", "memory"].contains(&name) || is_of_pages(name)
}

fn amounts<'n>(resources: &'n Map, key: &str) -> Amounts<'n> {
    map(resources, key).filter_map(|(name, amount)| Some((name, size(amount)?))).collect()
}

fn containers(pod: &Map, is_filled: bool) -> Vec<Container<'_>> {
    let init = list(pod, "initContainers").iter().map(|one| container(one, true, is_filled));
    list(pod, "containers").iter().map(|one| container(one, false, is_filled)).chain(init).collect()
}

fn container(container: &Node, is_init: bool, is_filled: bool) -> Container<'_> {
    let resources = container.get("resources").and_then(Node::as_map);
    let [limits, mut requests] = ["limits", "requests"].map(|key| resources.map(|map| amounts(map, key)).unwrap_or_default());
    if is_filled {
        for (name, limit) in &limits {
            requests.entry(name).or_insert(*limit);
        }
    }
    Container { limits, requests, is_init, lasts: container.text(&["restartPolicy"]) == Some("Always") }
}

/// What containers have together at most, at one time (component-helpers: `resource.AggregateContainerRequests`).
fn together<'n>(containers: &[Container<'n>], of: for<'c> fn(&'c Container<'n>) -> &'c Amounts<'n>) -> Amounts<'n> {
    let add = |sum: &mut Amounts<'n>, amounts: &Amounts<'n>| {
        for (name, amount) in amounts {
            let sum = sum.entry(*name).or_default();
            *sum = sum.saturating_add(*amount);
        }
    };
    let (mut sum, mut before, mut most) = (Amounts::new(), Amounts::new(), Amounts::new());
    for container in containers {
        let mut own = of(container).clone();
        if !container.is_init || container.lasts {
            add(&mut sum, &own);
        }
        if container.is_init {
            add(&mut own, &before);
            if container.lasts {
                before.clone_from(&own);
            }
            raise(&mut most, own);
        }
    }
    raise(&mut sum, most);
    sum
}

/// Makes each amount at least as large as another.
fn raise<'n>(amounts: &mut Amounts<'n>, others: Amounts<'n>) {
    for (name, other) in others {
        let amount = amounts.entry(name).or_insert(other);
        *amount = (*amount).max(other);
    }
}

/// Fills in what a pod does not say (Kubernetes: `pkg/apis/core/v1`, `defaultPodRequests`).
fn fill<'n>(limits: &mut Amounts<'n>, requests: &mut Amounts<'n>, limits_of_all: &Amounts<'n>, requests_of_all: &Amounts<'n>) {
    for (name, limit) in limits_of_all.iter().filter(|(name, _)| is_of_pages(name) && !requests.contains_key(**name)) {
        limits.entry(name).or_insert(*limit);
    }
    for (name, request) in requests_of_all.iter().filter(|(name, _)| is_of_pod(name) && is_lent(name)) {
        requests.entry(name).or_insert(*request);
    }
    for (name, limit) in limits.iter().filter(|(name, _)| is_of_pod(name)) {
        requests.entry(name).or_insert(*limit);
    }
}

/// Fills in the limits of huge pages that all containers have one of.
fn fill_pages<'n>(
    limits: &mut Amounts<'n>,
    requests: &Amounts<'n>,
    containers: &[Container<'n>],
    limits_of_all: &Amounts<'n>,
    is_filled: bool,
) {
    let is_of_all = |name: &str| containers.iter().all(|one| one.limits.contains_key(name));
    for (name, request) in requests.iter().filter(|(name, _)| is_filled && is_of_pages(name) && is_of_all(name)) {
        if let Some(limit) = limits_of_all.get(name) {
            limits.entry(name).or_insert(*limit.max(request));
        }
    }
}

/// No container has more than its pod.
fn below_limits(pod: &Map, at: &Trail<'_>, limits: &Amounts<'_>, findings: &mut Vec<Finding>) {
    for (index, container) in list(pod, "containers").iter().enumerate() {
        for (name, limit) in container.entries(&["resources", "limits"]) {
            if limits.get(name).copied().zip(size(limit)).is_some_and(|(most, limit)| limit > most) {
                let at = &Trail::Index(&Trail::Key(at, "containers"), index);
                let at = &Trail::Key(&Trail::Key(&Trail::Key(at, "resources"), "limits"), name);
                says(findings, at, "must be at most the limit of the pod", "this amount");
            }
        }
    }
}
