//! Services: the ports of the pods that they select, and the ways in from outside.

use indexmap::IndexSet;

use super::pods::Pods;
use super::{Drawing, Kind, Node, Shape};
use crate::kubernetes::{Manifest, Selector, Set};

/// The pods that a Service selects.
pub(super) fn selected<'p, 'm>(service: &Manifest, pods: &'p [Pods<'m>]) -> Vec<&'p Pods<'m>> {
    let selector = Selector::of_service(service.object.at(&["spec", "selector"]));
    let here = pods.iter().filter(|pods| pods.namespace == service.namespace() && pods.shape == Shape::Workload);
    here.filter(|pods| selector.selects(pods.pod.labels)).collect()
}

/// The ports of workloads, and the ways in.
pub(super) fn draw(set: &Set<'_>, pods: &[Pods<'_>], drawing: &mut Drawing) {
    let mut ports: Vec<IndexSet<String>> = vec![IndexSet::new(); drawing.nodes.len()];
    for service in set.of_kind("Service") {
        let of_service: Vec<String> = service.object.items(&["spec", "ports"]).iter().map(port).collect();
        for pods in selected(service, pods) {
            ports[pods.node].extend(of_service.iter().cloned());
            let kind = service.object.text(&["spec", "type"]).unwrap_or_default();
            if matches!(kind, "LoadBalancer" | "NodePort") {
                come_in(drawing, pods, format!("{kind} {}", of_service.join(", ")));
            }
        }
    }
    for (node, ports) in drawing.nodes.values_mut().zip(ports) {
        let ports: Vec<String> = ports.into_iter().collect();
        if !ports.is_empty() {
            node.label.push(format!("port {}", ports.join(", ")));
        }
    }
    for route in set.of_kind("HTTPRoute") {
        let hosts = route.object.items(&["spec", "hostnames"]);
        let hosts: Vec<String> = hosts.iter().map(crate::yaml::Node::scalar).collect();
        let label = if hosts.is_empty() { "Gateway".to_owned() } else { hosts.join(", ") };
        let backends = route.object.items(&["spec", "rules"]).iter().flat_map(|rule| rule.items(&["backendRefs"]));
        for name in backends.filter_map(|backend| backend.text(&["name"])) {
            let services = set.find("Service", route.namespace(), name).into_iter();
            for pods in services.flat_map(|service| selected(service, pods)) {
                come_in(drawing, pods, label.clone());
            }
        }
    }
    for ingress in set.of_kind("Ingress") {
        let tls = if ingress.object.items(&["spec", "tls"]).is_empty() { "http" } else { "https" };
        let rules = ingress.object.items(&["spec", "rules"]).iter().flat_map(|rule| {
            let host = match rule.text(&["host"]).unwrap_or_default() {
                "" => "Ingress".to_owned(),
                host => format!("{tls}://{host}"),
            };
            rule.items(&["http", "paths"]).iter().filter_map(move |path| Some((host.clone(), path.get("backend")?)))
        });
        let default = ingress.object.at(&["spec", "defaultBackend"]).map(|backend| ("Ingress".to_owned(), backend));
        for (label, backend) in rules.chain(default) {
            let Some(service) = set.find("Service", ingress.namespace(), backend.text(&["service", "name"]).unwrap_or_default()) else {
                continue;
            };
            for pods in selected(service, pods) {
                come_in(drawing, pods, label.clone());
            }
        }
    }
}

fn come_in(drawing: &mut Drawing, pods: &Pods<'_>, label: String) {
    let node = Node { shape: Shape::Users, label: vec!["users".to_owned()], namespace: None, outside: true, lane: Shape::Users.lane() };
    let users = drawing.node("users", node);
    drawing.labelled_edge(users, pods.node, Kind::TalksTo, label);
}

fn port(port: &crate::yaml::Node) -> String {
    let number = port.get("port").map(crate::yaml::Node::scalar).unwrap_or_default();
    let protocol = port.entries(&[]).find(|(key, _)| *key == "protocol").map(|(_, value)| value.scalar());
    match protocol.as_deref() {
        None | Some("TCP") => number,
        Some(protocol) => format!("{number}/{protocol}"),
    }
}
