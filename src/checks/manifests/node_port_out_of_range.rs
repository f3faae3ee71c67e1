//! A port of the nodes is none that a cluster gives to Services, unless it is set up to.

use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::kubernetes::Manifest;
use crate::yaml::Node;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "W107",
    name: "node-port-out-of-range",
    level: Level::Warning,
    what: "A port of the nodes is none that a cluster gives to Services, unless it is set up to.",
    why: "The API server refuses a `nodePort` outside of 30000 to 32767, unless its `--service-node-port-range` is another.",
    example: Example {
        of: Of::Manifests,
        refused: "{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {type: NodePort, ports: [{port: 80, nodePort: 8080}]}}",
        instead: "{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {type: NodePort, ports: [{port: 80, nodePort: 30080}]}}",
    },
    check: Check::Manifest(check),
};

fn check(manifest: &Manifest, _: &Release<'_>, found: &mut Findings) {
    let Some(spec) = manifest.service() else { return };
    let numbers = spec.items(&["ports"]).iter().filter_map(|port| port.get("nodePort")).map(Node::scalar);
    for number in numbers.filter(|number| number.parse::<u32>().is_ok_and(|number| number > 0 && !(30_000..=32_767).contains(&number))) {
        found
            .in_manifest(manifest, format_args!("`nodePort: {number}` is outside of 30000 to 32767"))
            .of_text(&number, "nodePort")
            .help("give a number of that range, or none, for one that the cluster chooses");
    }
}
