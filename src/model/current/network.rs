//! Network policies: who may connect to whom.
//!
//! Components declare what they serve and what they talk to; whoever talks to what a component serves may connect to it.

use serde::Serialize;
use serde_json::Value;

use super::basis::Basis;
use super::callers::callers;
use super::peer::Peer;
use crate::model::labels::Labels;
use crate::values::{Component, Door, Endpoint, NetworkPolicyPort, Port};

/// The network policy of a component's pods.
#[derive(Clone, Debug, Serialize)]
pub struct Policy<'v> {
    labels: Labels,
    /// Who may connect to it; nobody, where there is no rule.
    ingress: Vec<Rule<'v>>,
}

/// The network policy that closes all pods of the release: it opens nothing, and what the others open stays open.
#[derive(Clone, Debug, Serialize)]
pub struct Closed {
    /// Whether it is among the manifests; the chart has none.
    make: bool,
    name: String,
    selector: Labels,
}

impl Closed {
    /// The policy of all pods.
    pub fn of(basis: &Basis<'_>) -> Self {
        Self {
            make: basis.values.network_policies.enabled && !basis.is_for_helm(),
            name: basis.names.of("closed-policy"),
            selector: basis.labelling.of_release(),
        }
    }
}

/// Who may connect to which ports (Kubernetes: `NetworkPolicyIngressRule`).
#[derive(Clone, Debug, Serialize)]
struct Rule<'v> {
    from: Vec<Peer<'v>>,
    ports: Vec<PolicyPort<'v>>,
}

/// A port that they may connect to (Kubernetes: `NetworkPolicyPort`).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
enum PolicyPort<'v> {
    /// One that the user names.
    Own(&'v Value),
    /// One of the component's.
    Of {
        #[serde(skip_serializing_if = "Option::is_none")]
        protocol: Option<&'static str>,
        port: u16,
    },
}

impl<'v> PolicyPort<'v> {
    fn own(ports: &[Port]) -> Vec<Self> {
        let own = |port: &Port| match *port {
            Port::Tcp(port) => Self::Of { protocol: Some("TCP"), port },
            Port::Udp(port) => Self::Of { protocol: Some("UDP"), port },
        };
        ports.iter().map(own).collect()
    }

    /// The same for those whom only the user lets in: TCP goes without saying.
    fn plain(ports: &[Port]) -> Vec<Self> {
        let plain = |port: Self| match port {
            Self::Of { protocol: Some("TCP"), port } => Self::Of { protocol: None, port },
            port => port,
        };
        Self::own(ports).into_iter().map(plain).collect()
    }

    fn given(ports: &'v [NetworkPolicyPort]) -> Vec<Self> {
        ports.iter().map(|port| Self::Own(&port.0)).collect()
    }
}

impl<'v> Policy<'v> {
    /// The policy of a component.
    pub fn of(basis: &Basis<'v>, component: &'v dyn Component) -> Self {
        let extra = component.workload().map(|workload| &workload.labels);
        Self { labels: basis.labelling.of_component(&component.policy_label(), extra), ingress: rules(basis, component) }
    }
}

/// Who may connect to a component: whoever talks to what it serves, and whom the user lets in.
fn rules<'v>(basis: &Basis<'v>, component: &'v dyn Component) -> Vec<Rule<'v>> {
    let mut rules: Vec<Rule<'_>> = Vec::new();
    let mut admit = |peers: Vec<Peer<'v>>, ports: Vec<PolicyPort<'v>>| {
        if let Some(rule) = rules.iter_mut().find(|rule| rule.ports == ports) {
            rule.from.extend(peers);
        } else if !peers.is_empty() {
            rules.push(Rule { from: peers, ports });
        }
    };
    let (mut all, mut has_callers): (Vec<Port>, bool) = (Vec::new(), false);
    for Endpoint { purpose, ports } in component.serves(basis.values) {
        all.extend(ports.iter().filter(|port| !all.contains(port)).copied().collect::<Vec<_>>());
        let callers = callers(basis, purpose);
        has_callers |= !callers.is_empty();
        admit(callers, PolicyPort::own(&ports));
    }
    if let Some(Door { peers, ports, .. }) = component.door() {
        let ports = match ports {
            [] if has_callers => PolicyPort::own(&all),
            [] => PolicyPort::plain(&all),
            ports => PolicyPort::given(ports),
        };
        admit(peers.iter().map(|peer| Peer::Own(&peer.0)).collect(), ports);
    }
    rules
}
