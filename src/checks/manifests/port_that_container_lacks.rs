//! A probe, or what runs when a container starts or ends, asks for a port by a name that the container does not have.

use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::kubernetes::Manifest;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "N203",
    name: "port-that-container-lacks",
    level: Level::Error,
    what: "A probe, or what runs when a container starts or ends, asks for a port by a name that the container does not have.",
    why: "The kubelet finds no port of that name: the probe fails each time, and the container is restarted or gets no requests.",
    example: Example {
        of: Of::Manifests,
        refused: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i, ports: [{name: http, containerPort: 80}], readinessProbe: {tcpSocket: {port: web}}}]}}}}",
        instead: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i, ports: [{name: http, containerPort: 80}], readinessProbe: {tcpSocket: {port: http}}}]}}}}",
    },
    check: Check::Pod(check),
};

/// Where a container has an action, and which of its kinds have a port.
const ACTIONS: [&[&str]; 5] =
    [&["livenessProbe"], &["readinessProbe"], &["startupProbe"], &["lifecycle", "postStart"], &["lifecycle", "preStop"]];

fn check(manifest: &Manifest, _: &Release<'_>, found: &mut Findings) {
    let Some(pod) = manifest.pod() else { return };
    for container in pod.containers() {
        let has = |name: &str| container.items(&["ports"]).iter().any(|port| port.text(&["name"]) == Some(name));
        for path in ACTIONS {
            let Some(action) = container.at(path) else { continue };
            let ports = ["httpGet", "tcpSocket"].into_iter().filter_map(|kind| action.at(&[kind, "port"])?.as_str());
            // The kubelet reads digits as a number.
            for port in ports.filter(|port| port.parse::<u16>().is_err() && !has(port)) {
                let name = container.text(&["name"]).unwrap_or_default();
                let fault = format_args!("`{}` asks for the port `{port}`, which the container does not have", path.join("."));
                found.in_container(manifest, name, fault).of_text(port, "port").help("give the name of one of its `ports`, or a number");
            }
        }
    }
}
