//! The ways of lines between two columns: out of a side, up or down a track of their own, and into a side.

use indexmap::IndexMap;

use super::bundle::{Heading, Hop, Item};
use super::place::GRID;
use crate::graph::Kind;

/// The height at which a hop ends at an item.
pub(super) type Ports = IndexMap<(usize, usize, Item), i32>;

/// The way of a hop.
#[derive(Debug)]
pub(super) struct Way {
    pub kind: Kind,
    pub label: String,
    pub heading: Heading,
    /// Whether it ends at a node, with a head.
    pub arrives: bool,
    /// The column at whose right it is.
    pub column: usize,
    /// The track's place from left to right.
    pub track: i32,
    /// The heights at which its lines come.
    pub from: Vec<i32>,
    /// The height at which they go.
    pub to: i32,
}

impl Way {
    /// The way of a hop along a track.
    pub fn of(hop: &Hop, track: i32, column: usize, ports: &Ports) -> Self {
        let at = |item: Item| ports[&(hop.bundle, hop.gutter, item)];
        let Hop { kind, heading, .. } = *hop;
        let from = hop.from.iter().map(|item| at(*item)).collect();
        let arrives = matches!(hop.to, Item::Node(_));
        Self { kind, label: hop.label.clone(), heading, arrives, column, track, from, to: at(hop.to) }
    }
}

/// The hops that end at each side of each item: the right one is `true`.
pub(super) fn sides(hops: &[Hop]) -> IndexMap<(Item, bool), Vec<&Hop>> {
    let mut sides: IndexMap<(Item, bool), Vec<&Hop>> = IndexMap::new();
    for hop in hops {
        for from in &hop.from {
            sides.entry((*from, hop.heading != Heading::Left)).or_default().push(hop);
        }
        sides.entry((hop.to, hop.heading != Heading::Right)).or_default().push(hop);
    }
    sides
}

/// Where hops end: at a row its height, at a side of a node one below the other, in the order in which their other ends stand.
pub(super) fn ports(hops: &[Hop], middles: &IndexMap<Item, i32>, heights: &[i32]) -> Ports {
    let mut ports = Ports::new();
    for ((item, _), mut here) in sides(hops) {
        let other = |hop: &&Hop| {
            let others: Vec<i32> = hop.ends().filter(|end| *end != item).map(|end| middles[&end]).collect();
            others.iter().sum::<i32>() / i32::try_from(others.len()).unwrap_or(1).max(1)
        };
        here.sort_by_key(other);
        let last = i32::try_from(here.len()).unwrap_or_default() - 1;
        let step = match item {
            Item::Node(node) if last * 2 * GRID > heights[node] - 2 * GRID => GRID,
            _ => 2 * GRID,
        };
        let first = middles[&item] - (last * step / 2).div_euclid(GRID) * GRID;
        for (number, hop) in (0..).zip(here) {
            ports.insert((hop.bundle, hop.gutter, item), first + number * step);
        }
    }
    ports
}

/// The hops of a gutter in the order of their tracks: neighbours change places as long as that makes lines cross less often.
pub(super) fn tracks<'h>(hops: &[&'h Hop], ports: &Ports) -> Vec<&'h Hop> {
    let mut tracks = hops.to_vec();
    for _ in 0..tracks.len() {
        let mut changed = false;
        for left in 1..tracks.len() {
            if crossings(tracks[left], tracks[left - 1], ports) < crossings(tracks[left - 1], tracks[left], ports) {
                tracks.swap(left - 1, left);
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    tracks
}

/// How often the lines of two hops cross, the first of which has the track at the left.
fn crossings(left: &Hop, right: &Hop, ports: &Ports) -> usize {
    let crossed = |one: &Hop, other: &Hop, at_right: bool| {
        let heights = || one.ends().map(|end| ports[&(one.bundle, one.gutter, end)]);
        let (upper, lower) = (heights().min().unwrap_or_default(), heights().max().unwrap_or_default());
        let is_there = |end: &Item| {
            at_right == (*end == other.to && other.heading == Heading::Right || other.from.contains(end) && other.heading == Heading::Left)
        };
        other.ends().filter(is_there).filter(|end| (upper..=lower).contains(&ports[&(other.bundle, other.gutter, *end)])).count()
    };
    crossed(left, right, false) + crossed(right, left, true)
}
