//! A picture of a rendered set: what runs, and what it reads, mounts and talks to.
//!
//! It is drawn from the manifests alone, one node for each thing that a person thinks of. No value of a Secret is in
//! it: of an address in a Secret, the host.

mod accounts;
mod hubs;
mod lanes;
mod mermaid;
mod network;
mod pods;
mod reads;
mod settings;
mod storage;
mod svg;
mod talk;
mod task_pods;

use indexmap::{IndexMap, IndexSet};

use crate::kubernetes::{Manifest, Set};

pub use lanes::Lane;
pub use mermaid::mermaid;
pub use svg::svg;

/// A diagram.
#[derive(Debug, Default)]
pub struct Graph {
    /// The things, in the order in which they were found.
    pub nodes: Vec<Node>,
    /// The lines between them: at most one of each kind between two nodes.
    pub edges: Vec<Edge>,
}

/// A thing in the diagram.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub shape: Shape,
    /// Its label, line by line; the first is its name.
    pub label: Vec<String>,
    /// The namespace that it is in, if it is in one.
    pub namespace: Option<String>,
    /// Whether others have to provide it: the set only refers to it.
    pub outside: bool,
    /// Where it stands on the way from users to data.
    pub lane: Lane,
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// Pods that are part of the set.
    Workload,
    /// Pods that a workload makes.
    Pods,
    /// Users outside of the cluster.
    Users,
    /// Files that stay: a claim, a share, a directory.
    Storage,
    /// A database, a broker.
    Database,
    /// Secrets.
    Secret,
    /// Config maps.
    ConfigMap,
    /// A git repository.
    Repository,
    /// A point where lines meet that would go from many to many.
    Hub,
}

impl Shape {
    /// The lane of such a thing, unless something says more of it.
    #[must_use]
    pub fn lane(self) -> Lane {
        match self {
            Self::Users => Lane::Users,
            Self::Workload => Lane::Control,
            Self::Pods => Lane::Workers,
            Self::Hub => Lane::Hubs,
            Self::Storage | Self::Database | Self::Secret | Self::ConfigMap | Self::Repository => Lane::Data,
        }
    }
}

/// A line from one node to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The number of the node that it comes from.
    pub from: usize,
    /// The number of the node that it goes to.
    pub to: usize,
    /// What it says.
    pub kind: Kind,
    /// Its words; empty where the kind says everything.
    pub label: String,
}

/// What an edge says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Connections go that way.
    TalksTo,
    /// Settings, by environment or file.
    Reads,
    /// Files.
    Mounts,
    /// Pods.
    Makes,
    /// A git repository.
    Pulls,
    /// Belongs to those whose lines meet in a hub.
    Joins,
}

impl Graph {
    /// The diagram of manifests.
    #[must_use]
    pub fn of(manifests: &[Manifest]) -> Self {
        let set = Set::of(manifests);
        let templates = task_pods::templates(&set);
        let mut drawing = Drawing::default();
        let pods = pods::draw(&set, &templates, &mut drawing);
        network::draw(&set, &pods, &mut drawing);
        accounts::draw(&set, &pods, &mut drawing);
        storage::draw(&set, &pods, &mut drawing);
        settings::draw(&set, &pods, &mut drawing);
        talk::draw(&set, &pods, &mut drawing);
        let mut graph = drawing.finish();
        lanes::assign(&mut graph, &pods);
        hubs::join(graph)
    }

    /// The namespaces, in the order in which they were found.
    fn namespaces(&self) -> IndexSet<&str> {
        self.nodes.iter().filter_map(|node| node.namespace.as_deref()).collect()
    }
}

/// A diagram in the making: a thing that is named again keeps its node.
#[derive(Debug, Default)]
struct Drawing {
    nodes: IndexMap<(Shape, Option<String>, String), Node>,
    edges: IndexMap<(usize, usize, Kind), Vec<String>>,
}

impl Drawing {
    /// The node of a thing; `name` tells it from others of its shape in its namespace.
    fn node(&mut self, name: &str, node: Node) -> usize {
        let entry = self.nodes.entry((node.shape, node.namespace.clone(), name.to_owned()));
        let index = entry.index();
        entry.or_insert(node);
        index
    }

    /// A thing that is in no namespace and that others provide.
    fn outside(&mut self, shape: Shape, name: &str, label: Vec<String>) -> usize {
        self.node(name, Node { shape, label, namespace: None, outside: true, lane: shape.lane() })
    }

    fn edge(&mut self, from: usize, to: usize, kind: Kind) {
        if from != to {
            self.edges.entry((from, to, kind)).or_default();
        }
    }

    fn labelled_edge(&mut self, from: usize, to: usize, kind: Kind, label: String) {
        let labels = self.edges.entry((from, to, kind)).or_default();
        if !labels.contains(&label) {
            labels.push(label);
        }
    }

    fn finish(self) -> Graph {
        let edges = self.edges.into_iter();
        let edges = edges.map(|((from, to, kind), labels)| Edge { from, to, kind, label: labels.join(", ") }).collect();
        Graph { nodes: self.nodes.into_values().collect(), edges }
    }
}
