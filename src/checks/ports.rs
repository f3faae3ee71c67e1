//! A Service's ports lead to ports of its pods.

use super::selectors::selects;
use super::{Finding, Set, containers, list, text};
use crate::yaml::{Data, Node};

pub fn check(set: &Set<'_>, findings: &mut Vec<Finding>) {
    for service in set.manifests.iter().filter(|manifest| manifest.kind() == "Service") {
        let Some(selector) = service.object.at(&["spec", "selector"]) else { continue };
        let workloads = set.pods().filter(|(workload, _)| {
            workload.object.at(&["spec", "template", "metadata", "labels"]).is_some_and(|labels| selects(selector, labels))
        });
        let served: Vec<&Node> = workloads.flat_map(|(_, pod)| containers(pod).flat_map(|container| list(container, "ports"))).collect();
        let Some(spec) = service.object.get("spec") else { continue };
        for port in list(spec, "ports") {
            let target = port.get("targetPort").or_else(|| port.get("port"));
            let Some(target) = target.filter(|_| !served.is_empty()) else { continue };
            if !served.iter().any(|served| leads(target, served)) {
                let shown = match &target.data {
                    Data::String(name) => name.clone(),
                    Data::Number(_, text) => text.clone(),
                    _ => continue,
                };
                let fault = format_args!("its target port `{shown}` is none of its pods' ports").to_string();
                findings.push(
                    Finding::in_manifest(service, fault).help("give the port's `targetPort` the name or number of a port of the container"),
                );
            }
        }
    }
}

fn leads(target: &Node, served: &Node) -> bool {
    match (&target.data, served.get("containerPort").map(|port| &port.data)) {
        (Data::String(name), _) => text(served, "name") == Some(name),
        (Data::Number(number, _), Some(Data::Number(port, _))) => number == port,
        _ => false,
    }
}
