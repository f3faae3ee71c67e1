//! The corners of what network policies mean, each from the documentation of the API's types.

use std::collections::BTreeSet;
use std::net::IpAddr;

use super::questions;
use super::semantics::{Cluster, Labels, Pod};

/// An address outside of the cluster.
const OUTSIDE: [u8; 4] = [203, 0, 113, 9];

/// The ports that are asked for.
const NUMBERS: [u16; 7] = [9, 79, 80, 81, 90, 91, 8080];

/// A policy's `spec` for the pod `server` in `here`, a caller, a port, and whether it gets through.
const CORNERS: &[(&str, &str, u16, &str, bool)] = &[
    // No rule at all: closed; a policy of other pods: open.
    ("podSelector: {}", "friend", 80, "TCP", false),
    ("podSelector: {matchLabels: {app: other}}", "friend", 80, "TCP", true),
    ("{podSelector: {}, policyTypes: [Ingress]}", "friend", 80, "TCP", false),
    ("{podSelector: {}, ingress: []}", "friend", 80, "TCP", false),
    ("{podSelector: {}, policyTypes: [Egress]}", "far-friend", 80, "TCP", true),
    // A rule without `from` is for everybody, one without `ports` for every port.
    ("{podSelector: {}, ingress: [{}]}", "outside", 80, "TCP", true),
    ("{podSelector: {}, ingress: [{ports: [{port: 80}]}]}", "outside", 80, "TCP", true),
    ("{podSelector: {}, ingress: [{ports: [{port: 80}]}]}", "outside", 81, "TCP", false),
    // Ports: TCP unless they say otherwise, ranges, names of the listening pod.
    ("{podSelector: {}, ingress: [{ports: [{port: 80}]}]}", "friend", 80, "UDP", false),
    ("{podSelector: {}, ingress: [{ports: [{protocol: UDP}]}]}", "friend", 9, "UDP", true),
    ("{podSelector: {}, ingress: [{ports: [{port: 80, endPort: 90}]}]}", "friend", 90, "TCP", true),
    ("{podSelector: {}, ingress: [{ports: [{port: 80, endPort: 90}]}]}", "friend", 91, "TCP", false),
    ("{podSelector: {}, ingress: [{ports: [{port: web}]}]}", "friend", 8080, "TCP", true),
    ("{podSelector: {}, ingress: [{ports: [{port: web}]}]}", "friend", 80, "TCP", false),
    ("{podSelector: {}, ingress: [{ports: [{port: web, protocol: UDP}]}]}", "friend", 8080, "UDP", false),
    // Peers: a pod selector alone means this namespace; both selectors of one peer count together, two peers each alone.
    ("{podSelector: {}, ingress: [{from: [{podSelector: {matchLabels: {app: friend}}}]}]}", "friend", 80, "TCP", true),
    ("{podSelector: {}, ingress: [{from: [{podSelector: {matchLabels: {app: friend}}}]}]}", "far-friend", 80, "TCP", false),
    ("{podSelector: {}, ingress: [{from: [{podSelector: {}}]}]}", "far-friend", 80, "TCP", false),
    ("{podSelector: {}, ingress: [{from: [{namespaceSelector: {}}]}]}", "far-friend", 80, "TCP", true),
    ("{podSelector: {}, ingress: [{from: [{namespaceSelector: {}}]}]}", "outside", 80, "TCP", false),
    (
        "{podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {team: far}}, podSelector: {matchLabels: {app: x}}}]}]}",
        "far-friend",
        80,
        "TCP",
        false,
    ),
    (
        "{podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {team: far}}}, {podSelector: {matchLabels: {app: x}}}]}]}",
        "far-friend",
        80,
        "TCP",
        true,
    ),
    (
        "{podSelector: {}, ingress: [{from: [{podSelector: {matchExpressions: [{key: app, operator: NotIn, values: [friend]}]}}]}]}",
        "nobody",
        80,
        "TCP",
        true,
    ),
    (
        "{podSelector: {}, ingress: [{from: [{podSelector: {matchExpressions: [{key: app, operator: Exists}]}}]}]}",
        "nobody",
        80,
        "TCP",
        false,
    ),
    // Addresses.
    ("{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 203.0.113.0/24}}]}]}", "outside", 80, "TCP", true),
    ("{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 203.0.113.0/24, except: [203.0.113.8/29]}}]}]}", "outside", 80, "TCP", false),
    ("{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: \"::/0\"}}]}]}", "outside", 80, "TCP", false),
    // The way out counts too.
    ("{podSelector: {}, policyTypes: [Egress], egress: [{to: [{podSelector: {matchLabels: {app: x}}}]}]}", "friend", 80, "TCP", false),
    (
        "{podSelector: {}, egress: [{to: [{podSelector: {matchLabels: {app: server}}}], ports: [{port: web}]}], ingress: [{}]}",
        "friend",
        8080,
        "TCP",
        true,
    ),
    (
        "{podSelector: {}, egress: [{to: [{podSelector: {matchLabels: {app: server}}}], ports: [{port: web}]}], ingress: [{}]}",
        "friend",
        80,
        "TCP",
        false,
    ),
];

/// The cluster of a corner, with the policy in `here`.
fn cluster(spec: &str) -> Cluster {
    let pod = |name: &str, namespace: &str, app: &str, last: u8| Pod {
        name: name.to_owned(),
        namespace: namespace.to_owned(),
        labels: (!app.is_empty()).then(|| ("app".to_owned(), app.to_owned())).into_iter().collect(),
        ports: vec![("web".to_owned(), 8080, "TCP".to_owned())],
        ip: [10, 0, 0, last].into(),
    };
    let policy = format!(
        "{{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {{name: p, namespace: here}}, spec: {}}}",
        braced(spec)
    );
    let team = |team: &str| Labels::from([("team".to_owned(), team.to_owned())]);
    Cluster {
        pods: vec![
            pod("server", "here", "server", 1),
            pod("friend", "here", "friend", 2),
            pod("nobody", "here", "", 3),
            pod("far-friend", "far", "friend", 4),
        ],
        policies: vec![yaml_serde::from_str(&policy).unwrap()],
        namespaces: [("here".to_owned(), team("here")), ("far".to_owned(), team("far"))].into(),
    }
}

fn braced(spec: &str) -> String {
    if spec.starts_with('{') { spec.to_owned() } else { format!("{{{spec}}}") }
}

/// Each corner is as it is said to be.
pub fn are_known() -> Result<(), String> {
    for (index, (spec, from, number, protocol, expected)) in CORNERS.iter().enumerate() {
        let (outside, numbers) = ([IpAddr::from(OUTSIDE)], BTreeSet::from(NUMBERS));
        let from = if *from == "outside" { outside[0].to_string() } else { (*from).to_owned() };
        let cluster = cluster(spec);
        let admitted = cluster.admitted(&outside, &numbers);
        questions::note(&format!("corner {index}"), &cluster, &outside, &numbers, &admitted);
        if admitted.contains(&(from.clone(), "server".to_owned(), *number, *protocol)) != *expected {
            return Err(format!("{from} to {number}/{protocol} should be {expected}: {spec}"));
        }
    }
    Ok(())
}
