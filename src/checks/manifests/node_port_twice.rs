//! Two Services ask for one port of the nodes.

use std::collections::HashMap;

use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::kubernetes::Manifest;
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
    let mut seen: HashMap<(String, &str), &Manifest> = HashMap::new();
    for manifest in release.set.all() {
        let ports = manifest.service().map(|spec| spec.items(&["ports"])).unwrap_or_default();
        for (port, number) in ports.iter().filter_map(|port| Some((port, port.get("nodePort").filter(|number| is_asked(number))?))) {
            let protocol = port.text(&["protocol"]).filter(|text| !text.is_empty()).unwrap_or("TCP");
            let first = *seen.entry((number.scalar(), protocol)).or_insert(manifest);
            // One Service that says it twice is told of by itself, and so is one that is there twice.
            let is_same = std::ptr::eq(first, manifest) || first.name() == manifest.name() && first.namespace() == manifest.namespace();
            if is_same || release.are_apart(manifest, first) {
                continue;
            }
            // What the user gives whole is what the user can change.
            let (one, other) = if manifest.given.is_none() && first.given.is_some() { (first, manifest) } else { (manifest, first) };
            found
                .in_manifest(one, format_args!("`nodePort: {}` is that of the Service `{}` too", number.scalar(), other.name()))
                .of_text(&number.scalar(), "nodePort")
                .help("give one of them another number, or none, for one that the cluster chooses");
        }
    }
}

/// Whether a port is asked for; the cluster chooses one in the place of 0.
fn is_asked(number: &Node) -> bool {
    number.scalar().parse::<u32>().is_ok_and(|number| number > 0)
}
