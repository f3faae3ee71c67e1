//! Bundles: lines that lead to one node and say the same, and the columns that they pass.

use std::ops::Range;

use indexmap::IndexMap;

use crate::graph::{Edge, Graph, Kind, Lane};

/// Something in a column: a node, or the row that is free for a bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Item {
    /// The node of this number.
    Node(usize),
    /// The row of this bundle in this column.
    Row(usize, usize),
}

/// The way that lines go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Heading {
    /// To a column at the right.
    Right,
    /// To a column at the left.
    Left,
    /// To a node of the same column, around by the right.
    Around,
}

/// A part of a bundle: from one column to the next.
#[derive(Debug)]
pub(super) struct Hop {
    /// The number of the bundle.
    pub bundle: usize,
    /// What its lines say.
    pub kind: Kind,
    /// Its words, where it arrives.
    pub label: String,
    pub heading: Heading,
    /// The gutter that it is in: that at the right of the column of this number.
    pub gutter: usize,
    /// Where its lines come from.
    pub from: Vec<Item>,
    /// Where they go, all together.
    pub to: Item,
}

impl Hop {
    /// Everything that it connects.
    pub fn ends(&self) -> impl Iterator<Item = Item> + '_ {
        self.from.iter().copied().chain([self.to])
    }
}

/// The columns of a graph: its lanes, as far as anything is in them.
pub(super) fn columns(graph: &Graph) -> Vec<Lane> {
    Lane::ALL.into_iter().filter(|lane| graph.nodes.iter().any(|node| node.lane == *lane)).collect()
}

/// The hops of all bundles.
pub(super) fn hops(graph: &Graph, columns: &[Lane]) -> Vec<Hop> {
    let column = |node: usize| columns.iter().position(|lane| *lane == graph.nodes[node].lane).unwrap_or_default();
    let mut bundles: IndexMap<(usize, Kind, &str, Heading), Vec<usize>> = IndexMap::new();
    for Edge { from, to, kind, label } in &graph.edges {
        let heading = match column(*from).cmp(&column(*to)) {
            std::cmp::Ordering::Less => Heading::Right,
            std::cmp::Ordering::Equal => Heading::Around,
            std::cmp::Ordering::Greater => Heading::Left,
        };
        bundles.entry((*to, *kind, label, heading)).or_default().push(*from);
    }
    let mut hops = Vec::new();
    for (bundle, ((to, kind, label, heading), from)) in bundles.into_iter().enumerate() {
        let end = column(to);
        let gutters: Range<usize> = match heading {
            Heading::Right => from.iter().map(|node| column(*node)).min().unwrap_or(end)..end,
            Heading::Left => end..from.iter().map(|node| column(*node)).max().unwrap_or(end),
            Heading::Around => end..end + 1,
        };
        for gutter in gutters.clone() {
            // The columns that the gutter's lines come from and go to, and whether the bundle begins and ends there.
            let (source, target, begins, ends) = match heading {
                Heading::Right => (gutter, gutter + 1, gutter == gutters.start, gutter + 1 == end),
                Heading::Left => (gutter + 1, gutter, gutter + 1 == gutters.end, gutter == end),
                Heading::Around => (gutter, gutter, true, true),
            };
            let here = from.iter().filter(|node| column(**node) == source).map(|node| Item::Node(*node));
            let before = (!begins).then_some(Item::Row(bundle, source));
            hops.push(Hop {
                bundle,
                kind,
                label: if ends { label.to_owned() } else { String::new() },
                heading,
                gutter,
                from: here.chain(before).collect(),
                to: if ends { Item::Node(to) } else { Item::Row(bundle, target) },
            });
        }
    }
    hops
}
