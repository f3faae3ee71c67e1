//! Lanes: what comes after what on the way from users to data.

use super::pods::Pods;
use super::{Graph, Kind, Shape};
use crate::yaml::Node;

/// Where a thing stands on the way from users to data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Lane {
    /// Those outside of the cluster who use it.
    Users,
    /// Servers of pages and of the API.
    Web,
    /// What decides what runs, and Jobs.
    Control,
    /// What runs tasks.
    Workers,
    /// Where lines meet that would go from many to many.
    Hubs,
    /// What is read and written: settings, files, databases, and services that all others talk to.
    Data,
}

impl Lane {
    /// All of them, from left to right.
    pub const ALL: [Self; 6] = [Self::Users, Self::Web, Self::Control, Self::Workers, Self::Hubs, Self::Data];

    /// What stands above it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Users => "users",
            Self::Web => "web",
            Self::Control => "control",
            Self::Workers => "workers",
            Self::Hubs => "",
            Self::Data => "data",
        }
    }
}

/// Puts each node into its lane.
pub(super) fn assign(graph: &mut Graph, pods: &[Pods<'_>]) {
    for edge in &graph.edges {
        if graph.nodes[edge.from].shape == Shape::Users {
            graph.nodes[edge.to].lane = Lane::Web;
        }
    }
    for pods in pods.iter().filter(|pods| pods.shape == Shape::Workload) {
        if let Some(lane) = of_command(pods) {
            graph.nodes[pods.node].lane = lane;
        }
    }
    while let Some(service) = (0..graph.nodes.len()).find(|node| is_service(graph, *node)) {
        graph.nodes[service].lane = Lane::Data;
    }
}

/// What Airflow's command says: `airflow celery worker`, `airflow api-server`.
fn of_command(pods: &Pods<'_>) -> Option<Lane> {
    let container = pods.pod.spec.items(&["containers"]).first()?;
    let texts = ["command", "args"].into_iter().flat_map(|key| container.items(&[key])).filter_map(Node::as_str);
    texts.flat_map(str::split_whitespace).find_map(|word| match word {
        "webserver" | "api-server" | "flower" => Some(Lane::Web),
        "worker" => Some(Lane::Workers),
        _ => None,
    })
}

/// Whether a workload is one that others talk to and that itself talks to data alone, if to anything.
fn is_service(graph: &Graph, node: usize) -> bool {
    let mut talks = graph.edges.iter().filter(|edge| edge.kind == Kind::TalksTo);
    graph.nodes[node].lane == Lane::Control
        && talks.clone().any(|edge| edge.to == node)
        && talks.all(|edge| edge.from != node || graph.nodes[edge.to].lane == Lane::Data)
}
