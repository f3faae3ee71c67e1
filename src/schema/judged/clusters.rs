//! What clusters are set up with: admission, definitions and servers of other kinds, priorities of requests, tolerations, devices.

use super::reading::{at as behind, list, number, says, text};
use crate::schema::{Finding, Trail};
use crate::yaml::{Map, Node};

/// What stands for all, and stands alone.
const ALL: &str = "*";

fn texts<'n>(entries: &'n Map, key: &str) -> Vec<&'n str> {
    list(entries, key).iter().filter_map(Node::as_str).collect()
}

/// The positions of texts that are there before.
fn again<'t>(texts: &'t [&str]) -> impl Iterator<Item = (usize, &'t str)> {
    texts.iter().enumerate().filter(|(index, text)| texts[..*index].contains(text)).map(|(index, text)| (index, *text))
}

fn all_alone(entries: &Map, keys: &[&str], at: &Trail<'_>, findings: &mut Vec<Finding>) {
    for key in keys {
        let texts = texts(entries, key);
        if texts.len() > 1 && texts.contains(&ALL) {
            says(findings, &Trail::Key(at, key), "cannot have `*` beside others", "this list");
        }
    }
}

pub(super) fn wildcards(rule: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    all_alone(rule, &["apiGroups", "apiVersions", "namespaces", "nonResourceURLs", "operations", "verbs"], at, findings);
}

pub(super) fn all_resources(rule: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    all_alone(rule, &["resources"], at, findings);
}

/// Of resources and what is below them none is said twice (Kubernetes: `pkg/apis/admissionregistration/validation`, `validateResources`).
pub(super) fn admitted_resources(rule: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let (texts, at) = (texts(rule, "resources"), &Trail::Key(at, "resources"));
    let mut whole: Vec<(&str, &str)> = Vec::new();
    let mut last_is_named = false;
    for (index, text) in texts.iter().enumerate() {
        let Some((resource, below)) = text.split_once('/') else {
            last_is_named = *text != ALL;
            continue;
        };
        let covers = |(of, part): &&(&str, &str)| *part == ALL && *of == resource || *of == ALL && *part == below;
        if let Some((of, part)) = whole.iter().find(covers) {
            says(findings, &Trail::Index(at, index), format!("has no place here beside `{of}/{part}`"), "this resource");
        }
        if resource == ALL || below == ALL {
            whole.push((resource, below));
        }
    }
    if texts.len() > 1 && texts.contains(&"*/*") {
        says(findings, at, "cannot have `*/*` beside others", "this list");
    } else if texts.contains(&ALL) && last_is_named {
        says(findings, at, "cannot have `*` beside others", "this list");
    }
}

/// A webhook is asked in a version that API servers speak.
pub(super) fn review_versions(hook: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    for key in ["admissionReviewVersions", "conversionReviewVersions"] {
        let (texts, at) = (texts(hook, key), &Trail::Key(at, key));
        for (index, text) in again(&texts) {
            says(findings, &Trail::Index(at, index), format!("is not the only `{text}`"), "this version");
        }
        let is_word = |text: &str| {
            let is_of_word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
            text.len() < 64 && text.bytes().all(is_of_word) && text.starts_with(|c: char| c.is_ascii_lowercase()) && !text.ends_with('-')
        };
        if let Some(index) = texts.iter().position(|text| !is_word(text)) {
            says(findings, &Trail::Index(at, index), "must be a version, such as `v1`", "this version");
        } else if !texts.is_empty() && !texts.iter().any(|text| ["v1", "v1beta1"].contains(text)) {
            says(findings, at, "needs `v1` or `v1beta1`", "this list");
        }
    }
}

/// What becomes of a request is said once, and a request that is denied has no warning.
pub(super) fn actions(binding: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let (texts, at) = (texts(binding, "validationActions"), &Trail::Key(at, "validationActions"));
    for (index, text) in again(&texts) {
        says(findings, &Trail::Index(at, index), format!("is not the only `{text}`"), "this action");
    }
    if texts.contains(&"Deny") && texts.contains(&"Warn") {
        says(findings, at, "cannot have `Warn` beside `Deny`", "this list");
    }
}

/// A definition has the name of what it defines.
pub(super) fn definition_name(definition: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let said = |path: &[&str]| behind(definition, path).and_then(Node::as_str).unwrap_or_default();
    let (plural, group) = (said(&["spec", "names", "plural"]), said(&["spec", "group"]));
    let wanted = format!("{plural}.{group}");
    let metadata = Trail::Key(at, "metadata");
    if !plural.is_empty() && !group.is_empty() && said(&["metadata", "name"]) != wanted {
        says(findings, &Trail::Key(&metadata, "name"), format!("must be the plural and the group, `{wanted}`"), "this name");
    }
    // Kubernetes: `IsProtectedCommunityGroup`.
    let is_own = ["k8s.io", "kubernetes.io"].iter().any(|own| group == *own || group.ends_with(&format!(".{own}")));
    let approval = said(&["metadata", "annotations", APPROVED]);
    if is_own && !(approval.starts_with("unapproved") || approval.contains("://")) {
        let what = format!("needs the annotation `{APPROVED}` for a group of Kubernetes' own: the URL of the approval, or `unapproved`");
        says(findings, &metadata, what, "in this map");
    }
}

const APPROVED: &str = "api-approved.kubernetes.io";

/// Of a kind's versions one is stored.
pub(super) fn stored_version(spec: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let versions = list(spec, "versions");
    let stored = versions.iter().filter(|version| version.get("storage").is_some_and(|node| node.scalar() == "true")).count();
    if !versions.is_empty() && stored != 1 {
        says(findings, &Trail::Key(at, "versions"), "must have one version with `storage: true`", "this list");
    }
}

/// A list of objects is of another kind.
pub(super) fn names_of_kind(names: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    if !text(names, "kind").is_empty() && text(names, "kind") == text(names, "listKind") {
        says(findings, &Trail::Key(at, "listKind"), "must be another one than `kind`", "this kind");
    }
}

/// A server of a group has the name of what it serves.
pub(super) fn server_name(service: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let said = |path: &[&str]| behind(service, path).and_then(Node::as_str).unwrap_or_default();
    let wanted = format!("{}.{}", said(&["spec", "version"]), said(&["spec", "group"]));
    if !said(&["spec", "version"]).is_empty() && said(&["metadata", "name"]) != wanted {
        let at = &Trail::Key(&Trail::Key(at, "metadata"), "name");
        says(findings, at, format!("must be the version and the group, `{wanted}`"), "this name");
    }
}

/// Requests that wait have places to wait in; by default 64 queues, of which each kind of request gets 8, with 50 places each.
pub(super) fn queues(queuing: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let amount = |key: &str, default: i64| number(behind(queuing, &[key])).filter(|amount| *amount != 0).unwrap_or(default);
    let queues = amount("queues", 64);
    if queues > 10_000_000 {
        says(findings, &Trail::Key(at, "queues"), "must be at most 10000000", "this number");
    } else if amount("handSize", 8) > queues {
        says(findings, at, "needs a `handSize` that is at most `queues`", "in this map");
    }
}

/// What nodes are tolerated for is said once.
pub(super) fn tolerations_once(scheduling: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let said = |one: &Node| {
        let of = |key: &str, default: &str| one.text(&[key]).filter(|text| !text.is_empty()).unwrap_or(default).to_owned();
        let seconds = number(one.get("tolerationSeconds"));
        (of("key", ""), of("operator", "Equal"), of("value", ""), of("effect", ""), seconds)
    };
    let all: Vec<_> = list(scheduling, "tolerations").iter().map(said).collect();
    for (index, _) in all.iter().enumerate().filter(|(index, one)| all[..*index].contains(one)) {
        says(findings, &Trail::Index(&Trail::Key(at, "tolerations"), index), "is there twice", "this toleration");
    }
}

/// What is said of requests of a claim is about some that it has.
pub(super) fn device_requests(claim: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let mut known: Vec<String> = Vec::new();
    for request in list(claim, "requests") {
        let Some(name) = request.text(&["name"]) else { continue };
        known.push(name.to_owned());
        let within = request.items(&["firstAvailable"]).iter().filter_map(|one| one.text(&["name"]));
        known.extend(within.map(|within| format!("{name}/{within}")));
    }
    for key in ["constraints", "config"] {
        let at = &Trail::Key(at, key);
        for (index, one) in list(claim, key).iter().enumerate() {
            let (at, named) = (&Trail::Index(at, index), one.as_map().map(|one| texts(one, "requests")).unwrap_or_default());
            let at = &Trail::Key(at, "requests");
            for (index, text) in again(&named) {
                says(findings, &Trail::Index(at, index), format!("is not the only `{text}`"), "this name");
            }
            for (index, _) in named.iter().enumerate().filter(|(_, name)| !known.iter().any(|known| known == *name)) {
                says(findings, &Trail::Index(at, index), "must be the name of a request of this claim", "this name");
            }
        }
    }
}
