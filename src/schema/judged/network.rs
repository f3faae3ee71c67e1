//! Services, Ingresses and network policies.

use std::net::IpAddr;

use ipnet::IpNet;

use super::reading::{at as behind, is_true, list, number, says, text};
use crate::schema::address::{address, range};
use crate::schema::rules::is_there;
use crate::schema::{Finding, Trail};
use crate::yaml::{Map, Node};

/// Whether an address can be one of another host (Kubernetes: `pkg/apis/core/validation`, `ValidateEndpointIP`).
pub(super) fn is_of_another(text: &str) -> bool {
    let Some(address) = address(text) else { return true };
    let is_linked = match address {
        IpAddr::V4(address) => address.is_link_local() || address.octets()[..3] == [224, 0, 0],
        IpAddr::V6(address) => address.is_unicast_link_local() || address.segments()[0] & 0xff0f == 0xff02,
    };
    !(is_linked || address.is_loopback() || address.is_unspecified())
}

/// The ports of a slice of endpoints have names of their own, and its addresses are of its type (Kubernetes: `pkg/apis/discovery/validation`, `validateEndpoints`).
pub(super) fn slice(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let names: Vec<&str> = list(entries, "ports").iter().map(|port| port.text(&["name"]).unwrap_or_default()).collect();
    for (index, name) in names.iter().enumerate().filter(|(index, name)| names[..*index].contains(name)) {
        let what = if name.is_empty() {
            "is not the only one without `name`".to_owned()
        } else {
            format!("is not the only one with `name: {name}`")
        };
        says(findings, &Trail::Index(&Trail::Key(at, "ports"), index), what, "this item");
    }
    let (kind, at) = (text(entries, "addressType"), &Trail::Key(at, "endpoints"));
    for (index, endpoint) in list(entries, "endpoints").iter().enumerate() {
        let at = &Trail::Index(at, index);
        let at = &Trail::Key(at, "addresses");
        let addresses = endpoint.items(&["addresses"]);
        if addresses.len() > 100 || addresses.is_empty() && endpoint.get("addresses").is_some() {
            says(findings, at, "must be 1 to 100 addresses", "this list");
        }
        for (index, one) in addresses.iter().enumerate() {
            let fits = |text: &str| match (kind, address(text)) {
                ("IPv4", read) => read.is_some_and(|read| read.to_canonical().is_ipv4() && is_of_another(text)),
                // It has to be as Go writes it.
                ("IPv6", read) => read.is_some_and(|read| read.to_canonical().is_ipv6() && read.to_string() == text && is_of_another(text)),
                _ => true,
            };
            if !one.as_str().is_none_or(fits) {
                let what = format!("must be an address of another host, {kind} in its usual form");
                says(findings, &Trail::Index(at, index), what, "this address");
            }
        }
    }
}

/// Kubernetes: `pkg/apis/networking/validation`, `validateHTTPIngressPath`.
pub(super) fn ingress_path(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let path = text(entries, "path");
    if !matches!(text(entries, "pathType"), "Exact" | "Prefix") || path.is_empty() {
        return;
    }
    let parts = ["//", "/./", "/../", "%2f", "%2F"];
    let ends = ["/..", "/."];
    let wrong = parts.iter().find(|part| path.contains(**part)).or(ends.iter().find(|end| path.ends_with(**end)));
    if let Some(wrong) = wrong {
        says(findings, &Trail::Key(at, "path"), format!("must be without `{wrong}`"), "this path");
    }
}

/// A path of an Ingress in the values says where it leads to in one way.
pub(super) fn ingress_target(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let is_given = |key: &str| entries.get(key).is_some_and(|entry| !entry.value.says_nothing());
    if is_given("backend") {
        for key in ["serviceName", "servicePort"].into_iter().filter(|key| is_given(key)) {
            says(findings, &Trail::Key(at, key), "has no place here beside `backend`".to_owned(), "this key");
        }
    } else if is_given("serviceName") && !is_given("servicePort") {
        says(findings, at, "needs `servicePort` beside `serviceName`".to_owned(), "in this map");
    }
}

/// A port of a Service has a name or a number; 0 is none.
pub(super) fn backend_port(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let has_number = behind(entries, &["number"]).is_some_and(|node| !node.says_nothing() && node.scalar() != "0");
    match (is_there(entries, "name"), has_number) {
        (true, true) => says(findings, &Trail::Key(at, "number"), "has no place here beside `name`", "this key"),
        (false, false) => says(findings, at, "needs `name` or `number`", "in this map"),
        _ => {}
    }
}

/// The class of an Ingress is said once, or twice alike.
pub(super) fn ingress_class(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    const CLASS: &str = "kubernetes.io/ingress.class";
    let by_annotation = behind(entries, &["metadata", "annotations", CLASS]).and_then(Node::as_str);
    let by_field = behind(entries, &["spec", "ingressClassName"]).and_then(Node::as_str);
    if by_annotation.zip(by_field).is_some_and(|(one, other)| one != other) {
        let at = &Trail::Key(&Trail::Key(at, "spec"), "ingressClassName");
        says(findings, at, format!("must be the same as the annotation `{CLASS}`"), "this class");
    }
}

/// A range, of IPv4 where it is one in the form of IPv6.
fn of_four(range: IpNet) -> IpNet {
    let inner = match range.network().to_canonical() {
        address @ IpAddr::V4(_) if range.addr().is_ipv6() => {
            range.prefix_len().checked_sub(96).and_then(|length| IpNet::new(address, length).ok())
        }
        _ => None,
    };
    inner.unwrap_or(range)
}

pub(super) fn ip_block(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let Some(whole) = range(text(entries, "cidr")) else { return };
    for (index, one) in list(entries, "except").iter().enumerate() {
        let Some(part) = one.as_str().and_then(range) else { continue };
        if !of_four(whole).contains(&part.network().to_canonical()) || part.prefix_len() <= whole.prefix_len() {
            says(findings, &Trail::Index(&Trail::Key(at, "except"), index), "must be a part of `cidr`", "this range");
        }
    }
}

/// A range of ports begins with a number, and does not end before it.
pub(super) fn port_range(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let (Some(first), Some(last)) = (behind(entries, &["port"]), number(behind(entries, &["endPort"]))) else { return };
    match number(Some(first)).filter(|_| first.as_str().is_none()) {
        None => says(findings, &Trail::Key(at, "endPort"), "has no place here beside the name of a port", "this port"),
        Some(first) if last < first => says(findings, &Trail::Key(at, "endPort"), "must be at least `port`", "this port"),
        Some(_) => {}
    }
}

pub(super) fn service_ports(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let needs_none = text(entries, "type") == "ExternalName" || text(entries, "clusterIP") == "None";
    if !needs_none && !is_there(entries, "ports") {
        says(findings, at, "needs `ports` unless its `clusterIP` is `None`", "in this map");
    }
}

/// The first of the addresses is the address; nobody else has none.
pub(super) fn cluster_ips(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let addresses: Vec<&str> = list(entries, "clusterIPs").iter().filter_map(Node::as_str).collect();
    let first = text(entries, "clusterIP");
    if addresses.contains(&"") {
        says(findings, &Trail::Key(at, "clusterIPs"), "cannot have an empty address", "this list");
    } else if addresses.first().is_some_and(|address| *address != first) {
        says(findings, &Trail::Key(at, "clusterIPs"), "must begin with `clusterIP`", "this list");
    } else if addresses.len() > 1 && addresses.contains(&"None") {
        says(findings, &Trail::Key(at, "clusterIPs"), "cannot have `None` beside an address", "this list");
    }
    let families: Vec<&str> = list(entries, "ipFamilies").iter().filter_map(Node::as_str).collect();
    if (1..families.len()).any(|index| families[..index].contains(&families[index])) {
        says(findings, &Trail::Key(at, "ipFamilies"), "cannot have a family twice", "this list");
    } else if families.len() > 1 && !text(entries, "ipFamilyPolicy").ends_with("DualStack") {
        let what = "cannot have two families unless `ipFamilyPolicy` is `PreferDualStack` or `RequireDualStack`";
        says(findings, &Trail::Key(at, "ipFamilies"), what, "this list");
    }
}

/// The annotation that says whom a Service lets in, where `loadBalancerSourceRanges` says nothing.
pub(crate) const RANGES: &str = "service.beta.kubernetes.io/load-balancer-source-ranges";

/// What annotations say of whom a Service lets in, and of where it leads.
pub(super) fn service_annotations(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    const HINTS: &str = "service.kubernetes.io/topology-aware-hints";
    const MODE: &str = "service.kubernetes.io/topology-mode";
    let annotation = |key: &str| behind(entries, &["metadata", "annotations", key]).and_then(Node::as_str);
    let annotations = Trail::Key(at, "metadata");
    let annotations = Trail::Key(&annotations, "annotations");
    let says_itself = behind(entries, &["spec", "loadBalancerSourceRanges"]).is_some_and(|node| !node.says_nothing());
    if let Some(ranges) = annotation(RANGES).filter(|_| !says_itself) {
        let at = &Trail::Key(&annotations, RANGES);
        if behind(entries, &["spec", "type"]).and_then(Node::as_str) != Some("LoadBalancer") {
            says(findings, at, "has no place in a Service that is no `LoadBalancer`", "this annotation");
        } else if !ranges.trim().is_empty() && ranges.split(',').any(|one| range(one.trim()).is_none()) {
            says(findings, at, "must be ranges of addresses, such as `10.0.0.0/8`, with commas between them", "this annotation");
        }
    }
    if annotation(HINTS).zip(annotation(MODE)).is_some_and(|(one, other)| one != other) {
        says(findings, &Trail::Key(&annotations, MODE), format!("must be the same as the annotation `{HINTS}`"), "this annotation");
    }
}

/// Ports of a node have one user each, and in the network of the node a container has the port that it says.
pub(super) fn host_ports(pod: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let is_of_host = is_true(pod, &["hostNetwork"]);
    let mut together = Vec::new();
    super::reading::each_container(pod, at, |container, at, is_init| {
        let mut alone = Vec::new();
        let seen = if is_init { &mut alone } else { &mut together };
        for (index, port) in list(container, "ports").iter().enumerate() {
            let own = super::reading::number(port.get("containerPort"));
            let said = number(port.get("hostPort")).filter(|port| *port > 0);
            // In the network of the node a port of the container is one of the node.
            let Some(number) = said.or(own.filter(|_| is_of_host)) else { continue };
            let at = &Trail::Index(&Trail::Key(at, "ports"), index);
            let at = &Trail::Key(at, if said.is_some() { "hostPort" } else { "containerPort" });
            let protocol = port.text(&["protocol"]).filter(|text| !text.is_empty()).unwrap_or("TCP").to_owned();
            let key = (number, protocol, port.text(&["hostIP"]).unwrap_or_default().to_owned());
            if seen.contains(&key) {
                says(findings, at, "is a port of the node that the pod has twice", "this port");
            } else if is_of_host && !is_init && own.is_some_and(|own| own != number) {
                says(findings, at, "must be equal to `containerPort` where `hostNetwork` is `true`", "this port");
            }
            seen.push(key);
        }
    });
}
