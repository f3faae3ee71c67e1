//! Two containers of a pod have one port.

use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::kubernetes::Manifest;
use crate::yaml::{Data, Node};
use std::collections::HashMap;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "W104",
    name: "port-of-two-containers",
    level: Level::Warning,
    what: "Two containers of a pod have one port.",
    why: "They share the pod's address: the second one to listen there fails, and is restarted for ever.",
    example: Example {
        of: Of::Manifests,
        refused: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i, ports: [{containerPort: 80}]}, {name: d, image: i, ports: [{containerPort: 80}]}]}}}}",
        instead: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i, ports: [{containerPort: 80}]}, {name: d, image: i, ports: [{containerPort: 81}]}]}}}}",
    },
    check: Check::Pod(check),
};

fn check(manifest: &Manifest, _: &Release<'_>, found: &mut Findings) {
    let Some(pod) = manifest.pod() else { return };
    let mut taken: HashMap<(String, &str), &str> = HashMap::new();
    // Of init containers, those that go on run beside the others.
    let goes_on = |container: &&Node| container.text(&["restartPolicy"]) == Some("Always");
    let beside = pod.spec.items(&["initContainers"]).iter().filter(goes_on);
    for container in beside.chain(pod.spec.items(&["containers"])) {
        let name = container.text(&["name"]).unwrap_or_default();
        for (number, protocol) in ports(container) {
            let other = *taken.entry((number.clone(), protocol)).or_insert(name);
            if other != name {
                let fault = format_args!("it has the port {number}, which the container `{other}` has too");
                let wrong = found.in_container(manifest, name, fault);
                wrong.of_text(&number, "containerPort").help("give one of the two another port");
            }
        }
    }
}

/// The ports that a container listens on, with their protocols: those that it lists, or without any those that its probes ask.
fn ports(container: &Node) -> Vec<(String, &str)> {
    let listed = container.items(&["ports"]).iter();
    let listed: Vec<_> =
        listed.filter_map(|port| Some((port.get("containerPort")?.scalar(), port.text(&["protocol"]).unwrap_or("TCP")))).collect();
    if !listed.is_empty() {
        return listed;
    }
    let probes = ["livenessProbe", "readinessProbe", "startupProbe"].into_iter().filter_map(|probe| container.get(probe));
    let asked = probes.flat_map(|probe| ["httpGet", "tcpSocket", "grpc"].into_iter().filter_map(|kind| probe.get(kind)));
    let of_pod = asked.filter(|action| action.get("host").is_none()).filter_map(|action| action.get("port"));
    let numbers = of_pod.filter(|port| matches!(port.data, Data::Number(..)));
    let mut ports: Vec<(String, &str)> = numbers.map(|port| (port.scalar(), "TCP")).collect();
    ports.dedup();
    ports
}
