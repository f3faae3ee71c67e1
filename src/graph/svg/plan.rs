//! The plan of a drawing: columns, what stands in them from top to bottom, and the ways between them.

use indexmap::IndexMap;

use super::bundle::{Heading, Hop, Item, columns, hops};
use super::place::{GRID, Wish, place};
use super::shape;
use super::way::{self, Way};
use crate::graph::{Graph, Kind, Lane};

/// The least space between a column and the first line beside it.
const SIDE: i32 = 16;

/// How often the columns look at each other: more does not change the drawings of `values/` for the better.
const ROUNDS: usize = 24;

/// Where everything is.
#[derive(Debug)]
pub(super) struct Plan {
    pub columns: Vec<Column>,
    /// The frame of each node.
    pub frames: Vec<Frame>,
    /// The lines between the columns.
    pub ways: Vec<Way>,
    /// The upper end of the drawing, and the lower.
    pub height: (i32, i32),
}

/// A column.
#[derive(Debug)]
pub(super) struct Column {
    pub lane: Lane,
    pub left: i32,
    pub width: i32,
    /// The rows through which lines pass: the height of each, and what its line says.
    pub rows: Vec<(i32, Kind)>,
}

/// A box in the drawing.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Frame {
    pub left: i32,
    pub top: i32,
    pub width: i32,
    pub height: i32,
}

impl Plan {
    /// The plan for a graph.
    pub fn of(graph: &Graph) -> Self {
        let lanes = columns(graph);
        let hops = hops(graph, &lanes);
        let heights = heights(graph, &hops);
        let half = |item: &Item| if let Item::Node(node) = item { heights[*node] / 2 / GRID } else { 0 };
        let order = order(graph, &lanes, &hops, half);
        // Lines that end at both sides of a gutter never have the same height: the columns take turns.
        let turn = |column: usize| if column.is_multiple_of(2) { 0 } else { GRID / 2 };
        let middles: IndexMap<Item, i32> = (0..)
            .zip(&order)
            .flat_map(|(number, column)| column.iter().map(move |(item, middle)| (*item, middle + turn(number))))
            .collect();
        let ports = way::ports(&hops, &middles, &heights);
        let mut columns: Vec<Column> = Vec::new();
        let mut ways = Vec::new();
        let mut left = 0;
        for (number, (lane, items)) in lanes.into_iter().zip(&order).enumerate() {
            let nodes = graph.nodes.iter().filter(|node| node.lane == lane);
            let width = nodes.map(|node| shape::size(node).0).max().unwrap_or_default();
            let rows = items.iter().filter_map(|(item, _)| match item {
                Item::Row(bundle, _) => Some((middles[item], hops.iter().find(|hop| hop.bundle == *bundle)?.kind)),
                Item::Node(_) => None,
            });
            columns.push(Column { lane, left, width, rows: rows.collect() });
            left += width;
            let here: Vec<&Hop> = hops.iter().filter(|hop| hop.gutter == number).collect();
            left += SIDE;
            // Words stand where a line arrives.
            let words = |at_right| {
                let hops = here.iter().filter(|hop| (hop.heading == Heading::Right) == at_right);
                let words = hops.map(|hop| shape::width_of_words(&hop.label)).max().unwrap_or_default();
                if words == 0 { 0 } else { words + SIDE }
            };
            left += words(false);
            let tracks = way::tracks(&here, &ports);
            for (track, hop) in (0..).zip(&tracks) {
                ways.push(Way::of(hop, left + track * GRID, number, &ports));
            }
            left += i32::try_from(tracks.len()).unwrap_or_default() * GRID + words(true) + SIDE;
        }
        let mut frames = vec![Frame::default(); graph.nodes.len()];
        for (item, middle) in &middles {
            if let Item::Node(node) = item
                && let Some(column) = columns.iter().find(|column| column.lane == graph.nodes[*node].lane)
            {
                let height = heights[*node];
                frames[*node] = Frame { left: column.left, top: middle - height / 2, width: column.width, height };
            }
        }
        let heights = middles.iter().map(|(item, middle)| (middle - half(item) * GRID, middle + half(item) * GRID));
        let height = heights.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1))).unwrap_or_default();
        Self { columns, frames, ways, height }
    }
}

/// The height of each node: for its words, and for the lines that end at a side of it.
fn heights(graph: &Graph, hops: &[Hop]) -> Vec<i32> {
    let sides = way::sides(hops);
    let lines = |node: usize| {
        let count = |right| sides.get(&(Item::Node(node), right)).map_or(0, Vec::len);
        i32::try_from(count(false).max(count(true))).unwrap_or_default()
    };
    let step = 2 * GRID;
    let nodes = graph.nodes.iter().enumerate();
    nodes.map(|(number, node)| shape::size(node).1.max((lines(number) + 1) * GRID).div_euclid(step) * step + step).collect()
}

/// What stands in each column from top to bottom, and where. Columns look at what they are connected with in turn: each sorts
/// its items by the middle of that, and moves them there.
fn order(graph: &Graph, lanes: &[Lane], hops: &[Hop], half: impl Fn(&Item) -> i32) -> Vec<Vec<(Item, i32)>> {
    let mut neighbours: IndexMap<Item, Vec<Item>> = IndexMap::new();
    for hop in hops {
        for from in &hop.from {
            neighbours.entry(*from).or_default().push(hop.to);
            neighbours.entry(hop.to).or_default().push(*from);
        }
    }
    let mut columns: Vec<Vec<(Item, i32)>> = Vec::new();
    for (column, lane) in lanes.iter().enumerate() {
        let nodes = (0..graph.nodes.len()).filter(|node| graph.nodes[*node].lane == *lane).map(Item::Node);
        let rows = neighbours.keys().filter(|item| matches!(item, Item::Row(_, at) if *at == column)).copied();
        let items: Vec<Item> = nodes.chain(rows).collect();
        let wishes: Vec<Wish> = items.iter().map(|item| Wish { middle: 0.0, half: half(item) }).collect();
        columns.push(items.into_iter().zip(place(&wishes)).collect());
    }
    for round in 0..ROUNDS {
        for step in 0..columns.len() {
            let column = if round.is_multiple_of(2) { step } else { columns.len() - 1 - step };
            let middles: IndexMap<Item, i32> = columns.iter().flatten().copied().collect();
            let wish = |(item, middle): &(Item, i32)| {
                let others = neighbours.get(item).map(Vec::as_slice).unwrap_or_default();
                let sum: f64 = others.iter().map(|other| f64::from(middles[other])).sum();
                let count = others.len();
                let middle = if count == 0 { f64::from(*middle) } else { sum / f64::from(u32::try_from(count).unwrap_or(1)) };
                (*item, Wish { middle, half: half(item) })
            };
            let mut wishes: Vec<(Item, Wish)> = columns[column].iter().map(wish).collect();
            wishes.sort_by(|(_, one), (_, other)| one.middle.total_cmp(&other.middle));
            let placed = place(&wishes.iter().map(|(_, wish)| *wish).collect::<Vec<_>>());
            columns[column] = wishes.into_iter().map(|(item, _)| item).zip(placed).collect();
        }
    }
    columns
}
