//! A network policy is about pods with labels of the set's own, and no pod of the set has them.

use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::kubernetes::{Manifest, Selector};
use crate::yaml::Node;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "P102",
    name: "peer-that-is-nobody",
    level: Level::Warning,
    what: "A network policy is about pods with labels of the set's own, and no pod of the set has them.",
    why: "Nobody gets in by it, or it closes nothing.",
    example: Example {
        of: Of::Manifests,
        refused: concat!(
            "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}}}\n",
            "---\n",
            "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p}, spec: {podSelector: {}, ingress: [{from: [{podSelector: {matchLabels: {a: b, of: nobody}}}]}]}}"
        ),
        instead: concat!(
            "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}}}\n",
            "---\n",
            "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p}, spec: {podSelector: {}, ingress: [{from: [{podSelector: {matchLabels: {a: b}}}]}]}}"
        ),
    },
    check: Check::Manifest(check),
};

fn check(manifest: &Manifest, release: &Release<'_>, found: &mut Findings) {
    if manifest.kind() != "NetworkPolicy" {
        return;
    }
    let spec = ["ingress", "egress"].into_iter().flat_map(|way| manifest.object.items(&["spec", way]));
    let peers = spec.flat_map(|rule| rule.items(&["from"]).iter().chain(rule.items(&["to"])));
    let of_peers = peers.filter(|peer| peer.get("namespaceSelector").is_none()).filter_map(|peer| peer.get("podSelector"));
    for selector in of_peers.chain(manifest.object.at(&["spec", "podSelector"])) {
        if let Some((key, value)) = nobody(selector, release) {
            let fault = format_args!("it is about pods with the label `{key}: {value}`, and no pod with its other labels has that");
            found.in_manifest(manifest, fault).of_text(&value, &key);
        }
    }
}

/// The label that no pod of the set has, of a selector that is about pods of the set: some of its labels are those that pods of
/// the set have.
fn nobody(selector: &Node, release: &Release<'_>) -> Option<(String, String)> {
    let labels: Vec<_> = selector.entries(&["matchLabels"]).collect();
    let pods = || release.set.pods().map(|(_, pod)| pod).filter_map(|pod| pod.labels);
    if labels.len() < 2 || pods().any(|own| Selector::of(selector).selects(Some(own))) {
        return None;
    }
    let (own, others): (Vec<_>, Vec<_>) =
        labels.into_iter().partition(|(key, value)| pods().any(|own| own.get(key).is_some_and(|label| label.scalar() == value.scalar())));
    let (key, value) = others.first().or(own.last()).filter(|_| !own.is_empty())?;
    Some(((*key).to_owned(), value.scalar()))
}
