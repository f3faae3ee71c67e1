//! What a pattern, bounds or a rule between keys cannot say of Kubernetes' objects; `kubernetes-rules.yaml` says where it holds.

use std::cmp::Ordering;
use std::net::IpAddr;

use super::address::{address, range};
use super::rules::{is_there, rule};
use super::{Finding, Trail, quantity};
use crate::yaml::{Map, Node};

/// Whether a text has the form that a mark asks for; other marks ask for none.
pub(super) fn has_form(mark: &str, text: &str) -> bool {
    match mark {
        "x-qualified" => {
            let (prefix, name) = text.split_once('/').unwrap_or(("", text));
            prefix.len() <= 253 && name.len() <= 63
        }
        "x-ip" => text.is_empty() || address(text).is_some(),
        "x-cluster-ip" => text.is_empty() || text == "None" || address(text).is_some(),
        "x-no-address" => text.parse::<IpAddr>().is_err(),
        "x-cidr" => range(text).is_some(),
        _ => true,
    }
}

/// Finds what does not hold in a map that has a mark; other marks ask for nothing.
pub(super) fn check(mark: &str, entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    match mark {
        "x-check-access-modes" => access_modes(entries, at, findings),
        "x-check-autoscaler" => autoscaler(entries, at, findings),
        "x-check-capabilities" => capabilities(entries, at, findings),
        "x-check-ingress-path" => ingress_path(entries, at, findings),
        "x-check-ingress-target" => ingress_target(entries, at, findings),
        "x-check-ip-block" => ip_block(entries, at, findings),
        "x-check-node-ports" => node_ports(entries, at, findings),
        "x-check-one-number" if ["Gt", "Lt"].contains(&text(entries, "operator")) => one_value(entries, at, findings),
        "x-check-one-value" => one_value(entries, at, findings),
        "x-check-own-labels" => own_labels(entries, at, findings),
        "x-check-pod-bounds" => pod_bounds(entries, at, findings),
        "x-check-quota" => quota(entries, at, findings),
        "x-check-resources" => resources(entries, at, findings),
        "x-check-secret-type" => secret_type(entries, at, findings),
        "x-check-service-ports" => service_ports(entries, at, findings),
        "x-check-sleep" => sleep(entries, at, findings),
        _ => {}
    }
}

fn text<'n>(entries: &'n Map, key: &str) -> &'n str {
    entries.get(key).and_then(|entry| entry.value.as_str()).unwrap_or_default()
}

fn list<'n>(entries: &'n Map, key: &str) -> &'n [Node] {
    entries.get(key).and_then(|entry| entry.value.as_list()).unwrap_or_default()
}

fn map<'n>(entries: &'n Map, key: &str) -> impl Iterator<Item = (&'n str, &'n Node)> + use<'n> {
    let map = entries.get(key).and_then(|entry| entry.value.as_map());
    map.into_iter().flatten().map(|(key, entry)| (key.as_str(), &entry.value))
}

fn number(node: Option<&Node>) -> Option<i64> {
    node?.scalar().parse().ok()
}

/// Whether an amount is a whole number, as far as that can be known.
#[must_use]
pub(crate) fn is_whole(amount: &Node) -> bool {
    quantity::billionths(&amount.scalar()).is_none_or(|size| size % 1_000_000_000 == 0)
}

fn access_modes(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let modes = list(entries, "accessModes");
    if modes.len() > 1 && modes.iter().any(|mode| mode.as_str() == Some("ReadWriteOncePod")) {
        findings.push(rule(&Trail::Key(at, "accessModes"), "cannot have `ReadWriteOncePod` beside another mode".to_owned(), "this list"));
    }
}

fn autoscaler(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let amount = |key: &str| number(entries.get(key).map(|entry| &entry.value));
    let (least, most) = (amount("minReplicas"), amount("maxReplicas"));
    if least.zip(most).is_some_and(|(least, most)| most >= 1 && least > most) {
        findings.push(rule(&Trail::Key(at, "minReplicas"), "must be at most `maxReplicas`".to_owned(), "this number"));
    }
    let counts_others = |metric: &Node| matches!(metric.text(&["type"]), Some("Object" | "External"));
    if least == Some(0) && !list(entries, "metrics").iter().any(counts_others) {
        let what = "must be 1 or more without a metric of the type `Object` or `External`".to_owned();
        findings.push(rule(&Trail::Key(at, "minReplicas"), what, "this number"));
    }
}

fn capabilities(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let allows = entries.get("allowPrivilegeEscalation").map(|entry| entry.value.scalar());
    let added = entries.get("capabilities").map(|entry| entry.value.items(&["add"])).unwrap_or_default();
    if allows.as_deref() == Some("false") && added.iter().any(|one| one.as_str() == Some("CAP_SYS_ADMIN")) {
        let what = "cannot have `allowPrivilegeEscalation: false` beside the capability `CAP_SYS_ADMIN`".to_owned();
        findings.push(rule(at, what, "in this map"));
    }
}

/// Kubernetes: `pkg/apis/networking/validation`, `validateHTTPIngressPath`.
fn ingress_path(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let path = text(entries, "path");
    if !matches!(text(entries, "pathType"), "Exact" | "Prefix") || path.is_empty() {
        return;
    }
    let parts = ["//", "/./", "/../", "%2f", "%2F"];
    let ends = ["/..", "/."];
    let wrong = parts.iter().find(|part| path.contains(**part)).or(ends.iter().find(|end| path.ends_with(**end)));
    if let Some(wrong) = wrong {
        findings.push(rule(&Trail::Key(at, "path"), format!("must be without `{wrong}`"), "this path"));
    }
}

/// A path of an Ingress in the values says where it leads to in one way.
fn ingress_target(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let is_given = |key: &str| entries.get(key).is_some_and(|entry| !entry.value.says_nothing());
    if is_given("backend") {
        for key in ["serviceName", "servicePort"].into_iter().filter(|key| is_given(key)) {
            findings.push(rule(&Trail::Key(at, key), "has no place here beside `backend`".to_owned(), "this key"));
        }
    } else if is_given("serviceName") && !is_given("servicePort") {
        findings.push(rule(at, "needs `servicePort` beside `serviceName`".to_owned(), "in this map"));
    }
}

fn ip_block(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let Some(whole) = range(text(entries, "cidr")) else { return };
    for (index, one) in list(entries, "except").iter().enumerate() {
        let Some(part) = one.as_str().and_then(range) else { continue };
        if !whole.contains(&part) || part.prefix_len() <= whole.prefix_len() {
            findings.push(rule(&Trail::Index(&Trail::Key(at, "except"), index), "must be a part of `cidr`".to_owned(), "this range"));
        }
    }
}

fn node_ports(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    if !matches!(text(entries, "type"), "" | "ClusterIP" | "ExternalName") {
        return;
    }
    let mut refuse = |at: &Trail<'_>, label| {
        findings.push(rule(at, "has no place in a Service that is neither `NodePort` nor `LoadBalancer`".to_owned(), label));
    };
    if list(entries, "externalIPs").is_empty() {
        for key in ["externalTrafficPolicy", "healthCheckNodePort"].into_iter().filter(|key| is_there(entries, key)) {
            refuse(&Trail::Key(at, key), "this key");
        }
    }
    for (index, port) in list(entries, "ports").iter().enumerate() {
        if number(port.get("nodePort")).is_some_and(|port| port > 0) {
            refuse(&Trail::Key(&Trail::Index(&Trail::Key(at, "ports"), index), "nodePort"), "this port");
        }
    }
}

fn one_value(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    if list(entries, "values").len() > 1 {
        let what = format!("must be one value where `operator` is `{}`", text(entries, "operator"));
        findings.push(rule(&Trail::Key(at, "values"), what, "this list"));
    }
}

/// A pod has no amounts by default; an empty map says none.
/// A selector follows from the labels of the pods.
fn own_labels(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let labels = entries.get("template").and_then(|entry| entry.value.at(&["metadata", "labels"]));
    if !is_there(entries, "selector") && labels.is_none_or(Node::says_nothing) {
        findings.push(rule(at, "needs `selector`, or labels in its `template`".to_owned(), "in this map"));
    }
}

fn pod_bounds(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let is_given = |key: &&str| map(entries, key).next().is_some();
    for key in ["default", "defaultRequest"].into_iter().filter(|key| text(entries, "type") == "Pod" && is_given(key)) {
        findings.push(rule(&Trail::Key(at, key), "has no place here where `type` is `Pod`".to_owned(), "this key"));
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

fn quota(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    for (name, amount) in map(entries, "hard") {
        if (COUNTED.contains(&name) || name.starts_with("count/")) && !is_whole(amount) {
            findings.push(rule(&Trail::Key(&Trail::Key(at, "hard"), name), "must be a whole number".to_owned(), "this amount"));
        }
    }
}

/// Kubernetes: `pkg/apis/core/validation`, `validateResourceRequirements`.
fn resources(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    const PAGES: &str = "hugepages-";
    let mut has = [false, false];
    for key in ["limits", "requests"] {
        for (name, amount) in map(entries, key) {
            has[0] |= name.starts_with(PAGES);
            has[1] |= ["cpu", "memory"].contains(&name);
            let at = Trail::Key(at, key);
            let is_known = name.contains('/') || ["cpu", "memory", "ephemeral-storage"].contains(&name) || name.starts_with(PAGES);
            if !is_known {
                let what = "is no resource of a container: `cpu`, `memory`, `ephemeral-storage`, `hugepages-SIZE` and names with a `/` are";
                findings.push(rule(&Trail::Key(&at, name), what.to_owned(), "this resource"));
                continue;
            }
            // Of bytes the server takes a part of one, with a warning.
            if is_extended(name) && !is_whole(amount) {
                findings.push(rule(&Trail::Key(&at, name), "must be a whole number".to_owned(), "this amount"));
            }
            if key == "requests" {
                let limit = entries.get("limits").and_then(|entry| entry.value.get(name));
                let is_lent = !name.starts_with(PAGES) && !is_extended(name);
                if let Some(what) = beside_limit(name, amount, limit, is_lent) {
                    findings.push(rule(&Trail::Key(&at, name), what, "this amount"));
                }
            }
        }
    }
    if has == [true, false] {
        findings.push(rule(at, "needs `cpu` or `memory` beside huge pages".to_owned(), "in this map"));
    }
}

/// Whether a resource is none of Kubernetes' own (Kubernetes: `pkg/apis/core/helper`, `IsExtendedResourceName`).
fn is_extended(name: &str) -> bool {
    name.contains('/') && !name.contains("kubernetes.io/")
}

/// What is wrong with a request beside its limit; `is_lent` says whether a container may use more than it asks for.
fn beside_limit(name: &str, amount: &Node, limit: Option<&Node>, is_lent: bool) -> Option<String> {
    let Some(limit) = limit else { return (!is_lent).then(|| format!("needs a limit of `{name}`, and an equal one")) };
    let (amount, most) = (quantity::billionths(&amount.scalar())?, quantity::billionths(&limit.scalar())?);
    match amount.cmp(&most) {
        Ordering::Greater => Some(format!("must be at most the limit, `{}`", limit.scalar())),
        Ordering::Less if !is_lent => Some(format!("must be equal to the limit, `{}`", limit.scalar())),
        _ => None,
    }
}

/// The keys that Secrets of Kubernetes' own types have; of several any will do.
const OF_TYPES: [(&str, &[&str]); 4] = [
    ("kubernetes.io/dockerconfigjson", &[".dockerconfigjson"]),
    ("kubernetes.io/dockercfg", &[".dockercfg"]),
    ("kubernetes.io/basic-auth", &["username", "password"]),
    ("kubernetes.io/ssh-auth", &["ssh-privatekey"]),
];

fn secret_type(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let kind = text(entries, "type");
    let has = |key: &&&str| ["data", "stringData"].iter().any(|data| map(entries, data).any(|(name, _)| name == **key));
    if let Some((_, keys)) = OF_TYPES.iter().find(|(of, keys)| *of == kind && !keys.iter().any(|key| has(&key))) {
        findings.push(rule(at, format!("needs the key {} for its type `{kind}`", super::fault::choice(keys)), "in this map"));
    }
    let account = "kubernetes.io/service-account.name";
    let annotations = entries.get("metadata").and_then(|entry| entry.value.get("annotations")).and_then(Node::as_map);
    if kind == "kubernetes.io/service-account-token" && !annotations.is_some_and(|annotations| is_there(annotations, account)) {
        findings.push(rule(at, format!("needs the annotation `{account}` for its type `{kind}`"), "in this map"));
    }
}

fn service_ports(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let needs_none = text(entries, "type") == "ExternalName" || text(entries, "clusterIP") == "None";
    if !needs_none && !is_there(entries, "ports") {
        findings.push(rule(at, "needs `ports` unless its `clusterIP` is `None`".to_owned(), "in this map"));
    }
}

/// A container sleeps before it ends, longer than its pod has time.
fn sleep(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let time = number(entries.get("terminationGracePeriodSeconds").map(|entry| &entry.value)).unwrap_or(30);
    for (index, container) in list(entries, "containers").iter().enumerate() {
        let seconds = number(container.at(&["lifecycle", "preStop", "sleep", "seconds"]));
        if seconds.is_some_and(|seconds| seconds > time) {
            let containers = Trail::Key(at, "containers");
            let what = format!("sleeps longer before it ends than the pod has time: `terminationGracePeriodSeconds` is {time}");
            findings.push(rule(&Trail::Index(&containers, index), what, "this container"));
        }
    }
}
