//! Ports of the nodes that Services ask for.

use super::reading::{at as behind, list, number, says, text};
use crate::schema::rules::is_there;
use crate::schema::{Finding, Trail};
use crate::yaml::{Map, Node};

/// A port of the nodes that a Service asks for.
#[derive(Debug)]
pub(crate) struct NodePort {
    /// The number.
    pub number: i64,
    /// Which of the Service's `ports` asks for it; none for its `healthCheckNodePort`.
    pub of: Option<usize>,
}

/// The ports of the nodes that a Service asks for, each as often as the API server looks for it: once for all protocols of one
/// `port` (Kubernetes: `pkg/registry/core/service/storage`, `initNodePorts`).
#[must_use]
pub(crate) fn asked(spec: &Map) -> Vec<NodePort> {
    let mut asked: Vec<NodePort> = Vec::new();
    let mut first: Vec<(i64, i64)> = Vec::new();
    for (index, port) in list(spec, "ports").iter().enumerate() {
        let (of, Some(number)) = (number(port.get("port")).unwrap_or_default(), given(port.get("nodePort"))) else { continue };
        match first.iter().find(|(port, _)| *port == of) {
            Some((_, node_port)) if *node_port == number => continue,
            Some(_) => {}
            None => first.push((of, number)),
        }
        asked.push(NodePort { number, of: Some(index) });
    }
    let health = given(behind(spec, &["healthCheckNodePort"])).filter(|_| asks_for_health(spec));
    asked.extend(health.map(|number| NodePort { number, of: None }));
    asked
}

/// The number of a port that is asked for; the cluster chooses one in the place of 0.
fn given(node: Option<&Node>) -> Option<i64> {
    number(node).filter(|number| *number > 0)
}

/// Whether a Service has a port at which nodes say whether they have pods of it.
fn asks_for_health(spec: &Map) -> bool {
    text(spec, "type") == "LoadBalancer" && text(spec, "externalTrafficPolicy") == "Local"
}

/// Only some Services have ports of the nodes, and each once.
pub(super) fn node_ports(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let ports_at = &Trail::Key(at, "ports");
    let asks_for_health_port = given(behind(entries, &["healthCheckNodePort"])).is_some();
    if matches!(text(entries, "type"), "NodePort" | "LoadBalancer") {
        if asks_for_health_port && !asks_for_health(entries) {
            let what = "has no place here but in a `LoadBalancer` whose `externalTrafficPolicy` is `Local`";
            says(findings, &Trail::Key(at, "healthCheckNodePort"), what, "this key");
        }
        let asked = asked(entries);
        for (position, port) in asked.iter().enumerate() {
            if asked[..position].iter().any(|other| other.number == port.number) {
                let what = "is a port of the nodes that the Service asks for twice";
                match port.of {
                    Some(index) => says(findings, &Trail::Key(&Trail::Index(ports_at, index), "nodePort"), what, "this port"),
                    None => says(findings, &Trail::Key(at, "healthCheckNodePort"), what, "this port"),
                }
            }
        }
        return;
    }
    let mut refuse = |at: &Trail<'_>, label| {
        says(findings, at, "has no place in a Service that is neither `NodePort` nor `LoadBalancer`", label);
    };
    if list(entries, "externalIPs").is_empty() {
        if is_there(entries, "externalTrafficPolicy") {
            refuse(&Trail::Key(at, "externalTrafficPolicy"), "this key");
        }
        if asks_for_health_port {
            refuse(&Trail::Key(at, "healthCheckNodePort"), "this key");
        }
    }
    for (index, port) in list(entries, "ports").iter().enumerate() {
        if number(port.get("nodePort")).is_some_and(|port| port != 0) {
            refuse(&Trail::Key(&Trail::Index(ports_at, index), "nodePort"), "this port");
        }
    }
}
