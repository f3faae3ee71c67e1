//! A port of a Service leads to no port of its pods.

use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::error::Severity;
use crate::kubernetes::{Manifest, Pod, Selector};
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
        let finding = found
            .in_manifest(manifest, format_args!("its target port `{}` is none of its pods' ports", target.scalar()))
            .of_text(&target.scalar(), "targetPort")
            .at_node(manifest, target)
            .help(HELP);
        // One that does not say its namespace may be in another one.
        if release.open && !pods_of(manifest, release).any(|(maker, _)| maker.namespace() == manifest.namespace()) {
            finding.severity = Severity::Warning;
        }
    }
}

/// What to do about such a port.
pub(super) const HELP: &str = "give the port's `targetPort` the name or number of a port of the container";

/// The ports that a Service leads to and none of its pods lists, if they list any; a name stands in a list alone.
pub(super) fn unserved<'m>(manifest: &'m Manifest, release: &Release<'m>) -> Vec<&'m Node> {
    let Some(spec) = manifest.service() else { return Vec::new() };
    let has_pods = pods_of(manifest, release).next().is_some();
    let served: Vec<&Node> =
        pods_of(manifest, release).flat_map(|(_, pod)| pod.containers().flat_map(|container| container.items(&["ports"]))).collect();
    let targets = spec.items(&["ports"]).iter().filter_map(|port| port.get("targetPort").or_else(|| port.get("port")));
    let shown = targets.filter(|target| match target.data {
        Data::String(_) => has_pods,
        Data::Number(..) => !served.is_empty(),
        _ => false,
    });
    shown.filter(|target| !served.iter().any(|served| leads(target, served))).collect()
}

/// The pods that a Service selects, with what makes them.
fn pods_of<'m>(service: &'m Manifest, release: &Release<'m>) -> impl Iterator<Item = (&'m Manifest, Pod<'m>)> {
    let selector = Selector::of_service(service.service().and_then(|spec| spec.get("selector")));
    let is_open = release.open;
    release.set.pods().filter(move |(maker, pod)| selector.selects(pod.labels) && (!is_open || maker.may_be_beside(service)))
}

fn leads(target: &Node, served: &Node) -> bool {
    match (&target.data, served.get("containerPort").map(|port| &port.data)) {
        (Data::String(name), _) => served.text(&["name"]) == Some(name),
        (Data::Number(number, _), Some(Data::Number(port, _))) => number == port,
        _ => false,
    }
}
