//! Network policies: who may connect to whom.

use serde::Serialize;
use serde_json::Value;

use super::basis::Basis;
use crate::model::labels::Labels;
use crate::values::{Admission, Caller, Component, Need, Port};

/// The network policy of a component's pods.
#[derive(Clone, Debug, Serialize)]
pub struct Policy<'v> {
    labels: Labels,
    /// Who may connect to it; nobody, where there is no rule.
    ingress: Vec<Rule<'v>>,
}

/// Who may connect to which ports (Kubernetes: `NetworkPolicyIngressRule`).
#[derive(Clone, Debug, Serialize)]
struct Rule<'v> {
    from: Vec<Peer<'v>>,
    ports: Vec<PolicyPort<'v>>,
}

/// Who may connect (Kubernetes: `NetworkPolicyPeer`).
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
enum Peer<'v> {
    /// Whom the user names.
    Own(&'v Value),
    /// Pods of the same namespace.
    #[serde(rename_all = "camelCase")]
    Pods { pod_selector: PodSelector },
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct PodSelector {
    match_labels: Labels,
}

/// A port that they may connect to (Kubernetes: `NetworkPolicyPort`).
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
enum PolicyPort<'v> {
    /// One that the user names.
    Own(&'v Value),
    /// One of the component's.
    Of { protocol: Option<&'static str>, port: u16 },
}

impl<'v> Policy<'v> {
    /// The policy of a component.
    pub fn of(basis: &Basis<'v>, component: &'v dyn Component) -> Self {
        let whose = if component.needs().contains(&Need::Airflow) { "airflow-" } else { "" };
        let extra = component.workload().map(|workload| &workload.labels);
        let Admission { callers, ports } = component.admits(basis.values);
        let rule = (!callers.is_empty()).then(|| Rule {
            from: callers.into_iter().map(|caller| peer(basis, caller)).collect(),
            ports: ports.into_iter().map(port).collect(),
        });
        Self {
            labels: basis.labelling.of_component(&format!("{whose}{}-policy", component.name()), extra),
            ingress: rule.into_iter().collect(),
        }
    }
}

fn port(port: Port<'_>) -> PolicyPort<'_> {
    match port {
        Port::Tcp(port) => PolicyPort::Of { protocol: Some("TCP"), port },
        Port::Udp(port) => PolicyPort::Of { protocol: Some("UDP"), port },
        Port::Any(port) => PolicyPort::Of { protocol: None, port },
        Port::Given(port) => PolicyPort::Own(&port.0),
    }
}

fn peer<'v>(basis: &Basis<'v>, caller: Caller<'v>) -> Peer<'v> {
    let pods = |match_labels: Labels| Peer::Pods { pod_selector: PodSelector { match_labels } };
    match caller {
        Caller::Peer(peer) => Peer::Own(&peer.0),
        Caller::Component(name) => pods(basis.labelling.selector(name)),
        Caller::Release => pods(basis.labelling.of_release()),
        Caller::UserInterface => pods(basis.labelling.selector(basis.user_interface().name())),
    }
}
