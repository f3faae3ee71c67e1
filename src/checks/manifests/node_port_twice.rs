//! Two Services ask for one port of the nodes.

use std::collections::HashMap;

use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::kubernetes::Manifest;
use crate::schema::asked_node_ports;
use crate::yaml::Node;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "N204",
    name: "node-port-twice",
    level: Level::Error,
    what: "Two Services ask for one port of the nodes.",
    why: "The API server refuses the second.",
    example: Example {
        of: Of::Manifests,
        refused: concat!(
            "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {type: NodePort, ports: [{port: 80, nodePort: 30080}]}}\n",
            "---\n",
            "{apiVersion: v1, kind: Service, metadata: {name: b}, spec: {type: NodePort, ports: [{port: 80, nodePort: 30080}]}}\n"
        ),
        instead: concat!(
            "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {type: NodePort, ports: [{port: 80, nodePort: 30080}]}}\n",
            "---\n",
            "{apiVersion: v1, kind: Service, metadata: {name: b}, spec: {type: NodePort, ports: [{port: 80, nodePort: 30081}]}}\n"
        ),
    },
    check: Check::Manifests(check),
};

fn check(release: &Release<'_>, found: &mut Findings) {
    let mut seen: HashMap<i64, &Manifest> = HashMap::new();
    for manifest in release.set.all() {
        for port in manifest.service().and_then(Node::as_map).map(asked_node_ports).unwrap_or_default() {
            let first = *seen.entry(port.number).or_insert(manifest);
            // One Service that asks twice is told of by itself, and so is one that is there twice.
            let is_same = std::ptr::eq(first, manifest) || first.name() == manifest.name() && first.namespace() == manifest.namespace();
            if is_same || release.are_apart(manifest, first) {
                continue;
            }
            // What the user gives whole is what the user can change.
            let (one, other) = if manifest.given.is_none() && first.given.is_some() { (first, manifest) } else { (manifest, first) };
            let key = if port.of.is_some() { "nodePort" } else { "healthCheckNodePort" };
            found
                .in_manifest(one, format_args!("`nodePort: {}` is that of the Service `{}` too", port.number, other.name()))
                .of_text(&port.number.to_string(), key)
                .help("give one of them another number, or none, for one that the cluster chooses");
        }
    }
}
