//! A port of a Service leads to no port of its pods.

use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::kubernetes::Manifest;
use crate::kubernetes::Selector;
use crate::yaml::{Data, Node};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "N201",
    name: "port-that-no-pod-has",
    level: Level::Error,
    what: "A port of a Service leads to no port of its pods.",
    why: "Nothing would answer there.",
    example: Example {
        of: Of::Manifests,
        refused: concat!(
            "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i, ports: [{name: http, containerPort: 80}]}]}}}}\n",
            "---\n",
            "{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {selector: {a: b}, ports: [{port: 1, targetPort: web}]}}\n"
        ),
        instead: concat!(
            "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i, ports: [{name: http, containerPort: 80}]}]}}}}\n",
            "---\n",
            "{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {selector: {a: b}, ports: [{port: 1, targetPort: http}]}}\n"
        ),
    },
    check: Check::Manifest(check),
};

fn check(manifest: &Manifest, release: &Release<'_>, found: &mut Findings) {
    // Of anyone's a container may listen on a port that it does not list.
    for target in unserved(manifest, release).into_iter().filter(|target| !release.open || target.as_str().is_some()) {
        found
            .in_manifest(manifest, format_args!("its target port `{}` is none of its pods' ports", target.scalar()))
            .of_text(&target.scalar(), "targetPort")
            .at_node(manifest, target)
            .help(HELP);
    }
}

/// What to do about such a port.
pub(super) const HELP: &str = "give the port's `targetPort` the name or number of a port of the container";

/// The ports that a Service leads to and none of its pods lists, if they list any.
pub(super) fn unserved<'m>(manifest: &'m Manifest, release: &Release<'m>) -> Vec<&'m Node> {
    let Some(spec) = manifest.service() else { return Vec::new() };
    let selector = Selector::of_service(spec.get("selector"));
    let pods = release.set.pods().filter(|(maker, pod)| selector.selects(pod.labels) && (!release.open || maker.may_be_beside(manifest)));
    let served: Vec<&Node> = pods.flat_map(|(_, pod)| pod.containers().flat_map(|container| container.items(&["ports"]))).collect();
    let targets = spec.items(&["ports"]).iter().filter_map(|port| port.get("targetPort").or_else(|| port.get("port")));
    let shown = targets.filter(|target| !served.is_empty() && matches!(target.data, Data::String(_) | Data::Number(..)));
    shown.filter(|target| !served.iter().any(|served| leads(target, served))).collect()
}

fn leads(target: &Node, served: &Node) -> bool {
    match (&target.data, served.get("containerPort").map(|port| &port.data)) {
        (Data::String(name), _) => served.text(&["name"]) == Some(name),
        (Data::Number(number, _), Some(Data::Number(port, _))) => number == port,
        _ => false,
    }
}
