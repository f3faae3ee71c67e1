//! What network policies mean, as the Kubernetes API says (`networking.k8s.io/v1`).

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use k8s_openapi::api::networking::v1::{IPBlock, NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
use serde::Serialize;

pub type Labels = BTreeMap<String, String>;

/// A pod, as policies see it.
#[derive(Clone, Debug, Serialize)]
pub struct Pod {
    pub name: String,
    pub namespace: String,
    pub labels: Labels,
    /// The ports of its containers that have a name: name, number and protocol.
    pub ports: Vec<(String, u16, String)>,
    pub ip: IpAddr,
}

/// Pods and policies, and the labels of the namespaces that they are in.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Cluster {
    pub pods: Vec<Pod>,
    pub policies: Vec<NetworkPolicy>,
    pub namespaces: BTreeMap<String, Labels>,
}

/// One end of a connection.
#[derive(Clone, Copy, Debug)]
enum End<'p> {
    Pod(&'p Pod),
    /// An address outside of the cluster.
    Outside(IpAddr),
}

/// A port that somebody connects to.
#[derive(Clone, Copy, Debug)]
pub struct Target<'t> {
    pub number: u16,
    pub protocol: &'t str,
}

/// A connection: from whom, to which pod, to which port, by which protocol. Pods go by their names, others by their addresses.
pub type Connection = (String, String, u16, &'static str);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Ingress,
    Egress,
}

impl Cluster {
    /// All connections to pods at these ports that policies let through, from pods and from addresses outside.
    pub fn admitted(&self, outside: &[IpAddr], numbers: &BTreeSet<u16>) -> BTreeSet<Connection> {
        let pods = self.pods.iter().map(|pod| (pod.name.clone(), End::Pod(pod)));
        let callers = pods.chain(outside.iter().map(|address| (address.to_string(), End::Outside(*address))));
        let mut admitted = BTreeSet::new();
        for (from, end) in callers {
            for to in self.pods.iter().filter(|pod| pod.name != from) {
                for (number, protocol) in numbers.iter().flat_map(|number| [(*number, "TCP"), (*number, "UDP")]) {
                    if self.admits(end, End::Pod(to), Target { number, protocol }) {
                        admitted.insert((from.clone(), to.name.clone(), number, protocol));
                    }
                }
            }
        }
        admitted
    }

    /// Whether a connection is let out by the one end and let in by the other.
    fn admits(&self, from: End<'_>, to: End<'_>, target: Target<'_>) -> bool {
        self.lets(Direction::Egress, from, to, to, target) && self.lets(Direction::Ingress, to, from, to, target)
    }

    /// Whether the policies of `whose` let it talk to `peer`; `listener` is the end that the port is at.
    fn lets(&self, direction: Direction, whose: End<'_>, peer: End<'_>, listener: End<'_>, target: Target<'_>) -> bool {
        let End::Pod(whose) = whose else { return true };
        let of_pod = |policy: &&NetworkPolicy| {
            let namespace = policy.metadata.namespace.as_deref().unwrap_or("default");
            let selector = policy.spec.as_ref().and_then(|spec| spec.pod_selector.as_ref());
            namespace == whose.namespace && selector.is_none_or(|selector| selects(selector, &whose.labels))
        };
        let mut isolating = self.policies.iter().filter(of_pod).filter(|policy| directions(policy).contains(&direction)).peekable();
        if isolating.peek().is_none() {
            return true;
        }
        isolating.any(|policy| {
            let here = policy.metadata.namespace.as_deref().unwrap_or("default");
            rules(policy, direction).into_iter().any(|(peers, ports)| {
                let is_peer = peers.is_empty() || peers.iter().any(|one| self.is_peer(one, here, peer));
                is_peer && (ports.is_empty() || ports.iter().any(|port| is_port(port, listener, target)))
            })
        })
    }

    fn is_peer(&self, peer: &NetworkPolicyPeer, here: &str, end: End<'_>) -> bool {
        if let Some(block) = &peer.ip_block {
            let address = match end {
                End::Pod(pod) => pod.ip,
                End::Outside(address) => address,
            };
            return is_within_block(block, address);
        }
        let End::Pod(pod) = end else { return false };
        let in_namespace = match &peer.namespace_selector {
            Some(selector) => selects(selector, self.namespaces.get(&pod.namespace).unwrap_or(&Labels::new())),
            None => pod.namespace == here,
        };
        in_namespace && peer.pod_selector.as_ref().is_none_or(|selector| selects(selector, &pod.labels))
    }
}

/// The directions that a policy is about: inwards, unless it says otherwise, and outwards if it has rules for that.
fn directions(policy: &NetworkPolicy) -> Vec<Direction> {
    let Some(spec) = &policy.spec else { return vec![Direction::Ingress] };
    if let Some(types) = spec.policy_types.as_ref().filter(|types| !types.is_empty()) {
        let named = |name: &str| types.iter().any(|one| one == name);
        let all = [(named("Ingress"), Direction::Ingress), (named("Egress"), Direction::Egress)];
        return all.into_iter().filter(|(named, _)| *named).map(|(_, direction)| direction).collect();
    }
    let outwards = spec.egress.as_ref().is_some_and(|rules| !rules.is_empty());
    [Direction::Ingress].into_iter().chain(outwards.then_some(Direction::Egress)).collect()
}

/// The rules of a policy for a direction: with whom, at which ports.
fn rules(policy: &NetworkPolicy, direction: Direction) -> Vec<(&[NetworkPolicyPeer], &[NetworkPolicyPort])> {
    let Some(spec) = &policy.spec else { return Vec::new() };
    match direction {
        Direction::Ingress => {
            let rules = spec.ingress.iter().flatten();
            rules.map(|rule| (rule.from.as_deref().unwrap_or_default(), rule.ports.as_deref().unwrap_or_default())).collect()
        }
        Direction::Egress => {
            let rules = spec.egress.iter().flatten();
            rules.map(|rule| (rule.to.as_deref().unwrap_or_default(), rule.ports.as_deref().unwrap_or_default())).collect()
        }
    }
}

/// A port by its number, by a range of numbers, or by the name that the listening pod has for it.
fn is_port(port: &NetworkPolicyPort, listener: End<'_>, target: Target<'_>) -> bool {
    if port.protocol.as_deref().unwrap_or("TCP") != target.protocol {
        return false;
    }
    let number = i32::from(target.number);
    match (&port.port, port.end_port) {
        (None, _) => true,
        (Some(IntOrString::Int(first)), Some(last)) => (*first..=last).contains(&number),
        (Some(IntOrString::Int(only)), None) => *only == number,
        (Some(IntOrString::String(name)), _) => {
            let End::Pod(pod) = listener else { return false };
            pod.ports.iter().any(|(own, at, protocol)| own == name && *at == target.number && protocol == target.protocol)
        }
    }
}

/// Whether labels are selected; an empty selector selects all.
fn selects(selector: &LabelSelector, labels: &Labels) -> bool {
    let all_there = selector.match_labels.iter().flatten().all(|(key, value)| labels.get(key) == Some(value));
    all_there
        && selector.match_expressions.iter().flatten().all(|wanted| {
            let value = labels.get(&wanted.key);
            let is_listed = value.is_some_and(|value| wanted.values.iter().flatten().any(|one| one == value));
            match wanted.operator.as_str() {
                "In" => is_listed,
                "NotIn" => !is_listed,
                "Exists" => value.is_some(),
                "DoesNotExist" => value.is_none(),
                other => panic!("no such operator: {other}"),
            }
        })
}

fn is_within_block(block: &IPBlock, address: IpAddr) -> bool {
    is_within(&block.cidr, address) && !block.except.iter().flatten().any(|range| is_within(range, address))
}

/// Whether an address is in a range (`10.0.0.0/8`, `fd00::/8`).
fn is_within(range: &str, address: IpAddr) -> bool {
    let (network, length) = range.split_once('/').unwrap();
    let (network, length): (IpAddr, u32) = (network.parse().unwrap(), length.parse().unwrap());
    let bits = |address: IpAddr| match address {
        IpAddr::V4(address) => (u128::from(u32::from(address)) << 96, 32),
        IpAddr::V6(address) => (u128::from(address), 128),
    };
    let ((network, width), (address, other)) = (bits(network), bits(address));
    let mask = u128::MAX.checked_shl(128 - length).unwrap_or_default();
    width == other && network & mask == address & mask
}
