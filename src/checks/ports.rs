//! A Service's ports lead to ports of its pods.

use super::{Finding, Subject};
use crate::kubernetes::Selector;
use crate::yaml::{Data, Node};

pub fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for service in subject.set.of_kind("Service") {
        let selector = Selector::of_service(service.object.at(&["spec", "selector"]));
        let pods = subject.set.pods().filter(|(_, pod)| selector.selects(pod.labels));
        let served: Vec<&Node> = pods.flat_map(|(_, pod)| pod.containers().flat_map(|container| container.items(&["ports"]))).collect();
        let Some(spec) = service.object.get("spec") else { continue };
        for port in spec.items(&["ports"]) {
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
        (Data::String(name), _) => served.text(&["name"]) == Some(name),
        (Data::Number(number, _), Some(Data::Number(port, _))) => number == port,
        _ => false,
    }
}
