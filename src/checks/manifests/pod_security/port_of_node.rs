//! A container takes a port of its node.

use crate::checks::finding::Findings;
use crate::checks::guarded::{Guarded, Profile};
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "Q103",
    name: "port-of-node",
    level: Level::Error,
    what: "A container takes a port of its node.",
    why: "It stands beside the services of the node, past network policies.",
    example: Example {
        of: Of::Manifests,
        refused: "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: i, ports: [{containerPort: 80, hostPort: 80}]}]}}",
        instead: "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: i, ports: [{containerPort: 80}]}]}}",
    },
    check: Check::Guarded(Profile::Baseline, check),
};

fn check(pod: &Guarded<'_>, found: &mut Findings) {
    for part in pod.containers() {
        for port in part.node.items(&["ports"]).iter().filter_map(|port| port.get("hostPort")).filter(|port| port.scalar() != "0") {
            let number = port.scalar();
            let finding = pod.tell(found, part, port, format_args!("`hostPort: {number}` is forbidden"));
            finding.of_text(&number, "hostPort").help("drop `hostPort`; a Service leads to the port of the container");
        }
    }
}
