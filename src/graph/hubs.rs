//! Hubs: where many nodes have lines to the same many others, the lines meet in one point, and stay readable.

use indexmap::{IndexMap, IndexSet};

use super::{Edge, Graph, Kind, Lane, Node, Shape};

/// Where edges go, and what they say.
type Target = (usize, Kind);

/// Puts hubs into a diagram, as long as each saves lines.
pub(super) fn join(mut graph: Graph) -> Graph {
    while let Some((members, targets)) = best(&graph) {
        let hub = graph.nodes.len();
        let namespaces: IndexSet<&Option<String>> = members.iter().map(|member| &graph.nodes[*member].namespace).collect();
        let namespace = if namespaces.len() == 1 { graph.nodes[members[0]].namespace.clone() } else { None };
        let label = vec![format!("each of these {}", members.len())];
        graph.nodes.push(Node { shape: Shape::Hub, label, namespace, outside: false, lane: Lane::Hubs });
        graph.edges.retain(|edge| !(members.contains(&edge.from) && targets.contains(&(edge.to, edge.kind))));
        let edge = |from, to, kind| Edge { from, to, kind, label: String::new() };
        graph.edges.extend(members.iter().map(|member| edge(*member, hub, Kind::Joins)));
        graph.edges.extend(targets.iter().map(|(target, kind)| edge(hub, *target, *kind)));
    }
    graph
}

/// The nodes with edges to the same targets for which a hub saves the most lines; none if no hub saves any.
fn best(graph: &Graph) -> Option<(Vec<usize>, Vec<Target>)> {
    let mut sources: IndexMap<Target, IndexSet<usize>> = IndexMap::new();
    for edge in &graph.edges {
        let is_plain = edge.label.is_empty() && matches!(edge.kind, Kind::TalksTo | Kind::Reads | Kind::Mounts | Kind::Pulls);
        if is_plain && graph.nodes[edge.to].lane == Lane::Data && graph.nodes[edge.from].lane < Lane::Hubs {
            sources.entry((edge.to, edge.kind)).or_default().insert(edge.from);
        }
    }
    let mut best = (1, None);
    for one in sources.values() {
        for other in sources.values() {
            let mut members: Vec<usize> = one.intersection(other).copied().collect();
            members.sort_unstable();
            let shared = sources.iter().filter(|(_, sources)| members.iter().all(|member| sources.contains(member)));
            let targets: Vec<Target> = shared.map(|(target, _)| *target).collect();
            let saved = (members.len() * targets.len()).saturating_sub(members.len() + targets.len());
            if saved > best.0 && members.len() > 2 {
                best = (saved, Some((members, targets)));
            }
        }
    }
    best.1
}
