//! Pods are to be spread, or to be near or far from others, and no selector says from which.

use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::kubernetes::Manifest;
use crate::yaml::Node;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "W111",
    name: "neighbours-of-nobody",
    level: Level::Warning,
    what: "Pods are to be spread, or to be near or far from others, and no selector says from which.",
    why: "Without a selector no pod counts, and the rule does nothing.",
    example: Example {
        of: Of::Manifests,
        refused: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}], topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule}]}}}}",
        instead: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}], topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {a: b}}}]}}}}",
    },
    check: Check::Pod(check),
};

fn check(manifest: &Manifest, _: &Release<'_>, found: &mut Findings) {
    let Some(pod) = manifest.pod() else { return };
    let mut terms: Vec<(&'static str, &Node)> =
        pod.spec.items(&["topologySpreadConstraints"]).iter().map(|constraint| ("topologySpreadConstraints", constraint)).collect();
    for kind in ["podAffinity", "podAntiAffinity"] {
        let of = |strength: &str| pod.spec.items(&["affinity", kind, strength]);
        terms.extend(of("requiredDuringSchedulingIgnoredDuringExecution").iter().map(|term| (kind, term)));
        let preferred = of("preferredDuringSchedulingIgnoredDuringExecution").iter();
        terms.extend(preferred.filter_map(|weighted| weighted.get("podAffinityTerm")).map(|term| (kind, term)));
    }
    for (key, term) in terms.into_iter().filter(|(_, term)| term.get("labelSelector").is_none_or(Node::is_null)) {
        let wrong = found.in_manifest(manifest, format_args!("`{key}` has no `labelSelector`, and counts no pods"));
        wrong.of_text(key, key).of_text(term.text(&["topologyKey"]).unwrap_or_default(), "topologyKey");
        wrong.help("give it a `labelSelector`; an empty one, `{}`, is for all pods of the namespace");
    }
}
