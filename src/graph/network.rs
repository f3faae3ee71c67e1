//! Services: the ports of those whom they select, and who comes in from outside.

use indexmap::IndexSet;

use super::pods::Pods;
use super::{Drawing, Kind, Node, Set, Shape, entries, items, scalar, text};
use crate::kubernetes::Manifest;

/// The pods that a Service selects.
pub(super) fn selected<'p, 'm>(service: &Manifest, pods: &'p [Pods<'m>]) -> Vec<&'p Pods<'m>> {
    let selector = service.object.at(&["spec", "selector"]);
    let here = pods.iter().filter(|pods| pods.namespace == service.namespace() && pods.shape == Shape::Workload);
    here.filter(|pods| selector.is_some_and(|selector| pods.are_selected(selector))).collect()
}

/// The ports of workloads, and the ways in.
pub(super) fn draw(set: &Set<'_>, pods: &[Pods<'_>], drawing: &mut Drawing) {
    let mut ports: Vec<IndexSet<String>> = vec![IndexSet::new(); drawing.nodes.len()];
    for service in set.of_kind("Service") {
        let of_service: Vec<String> = items(&service.object, &["spec", "ports"]).iter().map(port).collect();
        for pods in selected(service, pods) {
            ports[pods.node].extend(of_service.iter().cloned());
            let kind = text(&service.object, &["spec", "type"]);
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
    for ingress in set.of_kind("Ingress") {
        let tls = if items(&ingress.object, &["spec", "tls"]).is_empty() { "http" } else { "https" };
        let rules = items(&ingress.object, &["spec", "rules"]).iter().flat_map(|rule| {
            let host = match text(rule, &["host"]) {
                "" => "Ingress".to_owned(),
                host => format!("{tls}://{host}"),
            };
            items(rule, &["http", "paths"]).iter().filter_map(move |path| Some((host.clone(), path.get("backend")?)))
        });
        let default = ingress.object.at(&["spec", "defaultBackend"]).map(|backend| ("Ingress".to_owned(), backend));
        for (label, backend) in rules.chain(default) {
            let Some(service) = set.find("Service", ingress.namespace(), text(backend, &["service", "name"])) else { continue };
            for pods in selected(service, pods) {
                come_in(drawing, pods, label.clone());
            }
        }
    }
}

fn come_in(drawing: &mut Drawing, pods: &Pods<'_>, label: String) {
    let node = Node { shape: Shape::Users, label: vec!["users".to_owned()], namespace: None, outside: true };
    let users = drawing.node("users", node);
    drawing.labelled_edge(users, pods.node, Kind::TalksTo, label);
}

fn port(port: &crate::yaml::Node) -> String {
    let number = port.get("port").map(scalar).unwrap_or_default();
    let protocol = entries(port, &[]).find(|(key, _)| *key == "protocol").map(|(_, value)| scalar(value));
    match protocol.as_deref() {
        None | Some("TCP") => number,
        Some(protocol) => format!("{number}/{protocol}"),
    }
}
