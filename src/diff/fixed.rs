//! What the API server does not let change.
//!
//! The rules are those of the validation of updates in Kubernetes (`ValidateStatefulSetUpdate`, `ValidatePersistentVolumeClaimUpdate` and
//! their like). `tests/real/run diff` lets API servers judge each.

mod claim;
mod rule;

use super::finding::Finding;
use super::identity::Identity;
use super::{Both, both_ways};
use crate::error::code;
use crate::yaml::{Data, Map, Node};
use rule::{RULES, Rule, Way};

/// What the API server will refuse, or keep as it was, of the changes.
pub fn find(both: &[Both<'_>], release: &str) -> Vec<Finding> {
    both.iter().filter(|one| !is_replaced(one.after)).flat_map(|one| of_object(one, release)).collect()
}

/// Whether its tool replaces an object that cannot be changed: Flux, Argo CD, or Helm a hook.
fn is_replaced(object: &Node) -> bool {
    let annotation = |key: &str| object.text(&["metadata", "annotations", key]).unwrap_or_default();
    annotation("kustomize.toolkit.fluxcd.io/force").eq_ignore_ascii_case("enabled")
        || annotation("argocd.argoproj.io/sync-options").contains("Replace=true")
        || !annotation("helm.sh/hook").is_empty()
}

fn of_object(one: &Both<'_>, release: &str) -> Vec<Finding> {
    let Both { identity, before, after } = one;
    let mut findings = Vec::new();
    for rule in RULES.iter().filter(|rule| identity.is(rule.group, rule.kind)) {
        let fields = changed(rule, before, after);
        if !fields.is_empty() {
            findings.push(refused(rule, identity, &fields, one, release));
        }
    }
    findings.extend(claim::find(one, release));
    findings.extend(of_data(one, release));
    findings.extend(of_address(one, release));
    findings.extend(of_strategy(one, release));
    findings
}

/// The fields of a rule that differ, as paths.
fn changed(rule: &Rule, before: &Node, after: &Node) -> Vec<String> {
    let [was, is] = [before, after].map(|object| object.at(rule.at));
    let of_default = |key: &str| rule.defaults.iter().find(|(field, _)| *field == key).map(|(_, value)| *value);
    let value = |node: Option<&Node>, key: &str| {
        let own = node.and_then(|node| node.get(key)).filter(|node| !is_empty(node));
        own.cloned().or_else(|| of_default(key).map(|text| Node::new(Data::String(text.to_owned()))))
    };
    let mut keys: Vec<&str> = Vec::new();
    for key in [was, is].into_iter().flatten().filter_map(Node::as_map).flat_map(Map::keys) {
        if !keys.contains(&key.as_str()) && rule.holds(key) {
            keys.push(key);
        }
    }
    keys.retain(|key| match (value(was, key), value(is, key)) {
        (Some(was), Some(is)) => !was.is_same(&is) && (was.scalar().is_empty() || was.scalar() != is.scalar()),
        (None, None) => false,
        _ => true,
    });
    keys.into_iter().map(|key| rule.at.iter().copied().chain([key]).collect::<Vec<_>>().join(".")).collect()
}

fn is_empty(node: &Node) -> bool {
    match &node.data {
        Data::Map(entries) => entries.is_empty(),
        Data::List(items) => items.is_empty(),
        Data::String(text) => text.is_empty(),
        Data::Null => true,
        _ => false,
    }
}

fn refused(rule: &Rule, identity: &Identity, fields: &[String], one: &Both<'_>, release: &str) -> Finding {
    let finding = Finding::of(code::REFUSED_CHANGE, identity, refusal(identity, fields));
    let delete = format!("kubectl delete {}", identity.argument(release));
    let is_selector = fields.iter().any(|field| field == "spec.selector");
    match rule.way {
        Way::Orphan if !is_selector => {
            let finding = finding.note("the set is deleted and made again by the apply; its pods and claims stay meanwhile");
            claim::of_set(finding.command(format!("{delete} --cascade=orphan")), one, release)
        }
        Way::Replace | Way::Orphan if is_selector => {
            finding.note("its pods are deleted with it: pods of other labels would be nobody's").command(delete)
        }
        Way::Replace | Way::Orphan => finding.note("the apply makes it again").command(delete),
        Way::Volume => {
            finding.note("what is stored stays where the volume led to, if `persistentVolumeReclaimPolicy` is `Retain`").command(delete)
        }
    }
}

fn refusal(identity: &Identity, fields: &[String]) -> String {
    let names: Vec<String> = fields.iter().map(|field| format!("`{field}`")).collect();
    let (list, are) = if let [one] = names.as_slice() { (one.clone(), "is") } else { (names.join(", "), "are") };
    format!("the API server refuses this change of {identity}: {list} {are} not changed in place")
}

/// The data of a Secret or config map that is immutable.
fn of_data(Both { identity, before, after }: &Both<'_>, release: &str) -> Option<Finding> {
    let is_immutable = |object: &Node| object.get("immutable").is_some_and(|node| matches!(node.data, Data::Bool(true)));
    if !["ConfigMap", "Secret"].iter().any(|kind| identity.is("", kind)) || !is_immutable(before) {
        return None;
    }
    let fields = ["immutable", "data", "binaryData", "stringData"].into_iter().filter(|field| match both_ways(before, after, &[field]) {
        (Some(before), Some(after)) => !before.is_same(after),
        (before, after) => before.is_some() != after.is_some(),
    });
    let fields: Vec<String> = fields.map(str::to_owned).collect();
    let finding = Finding::of(code::REFUSED_CHANGE, identity, refusal(identity, &fields));
    let finding = finding.note("it is `immutable`; the apply makes it again, and pods see it when they restart");
    (!fields.is_empty()).then(|| finding.command(format!("kubectl delete {}", identity.argument(release))))
}

/// The address of a Service, which the API server gives once.
fn of_address(Both { identity, before, after }: &Both<'_>, release: &str) -> Option<Finding> {
    let has_address = |service: &Node| service.text(&["spec", "type"]) != Some("ExternalName");
    if !identity.is("", "Service") || !has_address(before) || !has_address(after) {
        return None;
    }
    let delete = format!("kubectl delete {}", identity.argument(release));
    match both_ways(before, after, &["spec", "clusterIP"]) {
        (Some(was), None) => {
            let message = format!("the API server keeps `spec.clusterIP: {}` of {identity}, which is not said any more", was.scalar());
            Some(Finding::of(code::KEPT_VALUE, identity, message).note("the apply makes it again, with a new address").command(delete))
        }
        (was, Some(is)) if was.is_none_or(|was| !was.is_same(is)) => {
            let finding = Finding::of(code::REFUSED_CHANGE, identity, refusal(identity, &["spec.clusterIP".to_owned()]));
            Some(finding.note("the apply makes it again, with a new address").command(delete))
        }
        _ => None,
    }
}

/// `OnDelete` after a rolling update, whose bounds are the API server's own and stay.
fn of_strategy(Both { identity, before, after }: &Both<'_>, release: &str) -> Option<Finding> {
    const STRATEGY: [&str; 2] = ["spec", "updateStrategy"];
    let kind = |object: &Node| object.at(&STRATEGY)?.text(&["type"]).map(str::to_owned);
    let rolls = kind(before).is_none_or(|kind| kind == "RollingUpdate");
    let has_bounds = before.at(&STRATEGY).is_some_and(|strategy| strategy.get("rollingUpdate").is_some());
    if !identity.is("apps", "StatefulSet") || !rolls || has_bounds || kind(after).as_deref() != Some("OnDelete") {
        return None;
    }
    let message = format!(
        "the API server refuses this change of {identity}: the bounds of a rolling update, its own default, would stay beside `OnDelete`"
    );
    let patch = r#"'{"spec": {"updateStrategy": {"type": "OnDelete", "rollingUpdate": null}}}'"#;
    let command = format!("kubectl patch {} --type merge -p {patch}", identity.argument(release));
    Some(Finding::of(code::REFUSED_CHANGE, identity, message).note("nothing restarts by this; then apply").command(command))
}
