//! Draws a diagram as it is planned.

use std::fmt::Write as _;

use super::bundle::Heading;
use super::plan::{Column, Plan};
use super::shape;
use super::way::Way;
use crate::graph::{Graph, Kind, Shape};

/// The space around everything.
const MARGIN: i32 = 16;

/// The height of the title, and of the lanes' own.
const TITLE: i32 = 32;

/// How round the corners of lines are.
const CORNER: i32 = 5;

/// The heads of arrows.
const HEADS: &str = r##"<defs><marker id="head" viewBox="0 0 10 8" refX="9" refY="4" markerWidth="10" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L10 4L0 8Z" fill="#57606a"/></marker></defs>
"##;

/// What lines mean, for the legend.
const LEGEND: [(&str, Kind); 5] =
    [("talks to", Kind::TalksTo), ("reads", Kind::Reads), ("mounts", Kind::Mounts), ("pulls", Kind::Pulls), ("makes", Kind::Makes)];

/// The least width of a drawing, which has room for its legend.
const LEAST: i32 = 640;

/// The document.
pub(super) fn draw(graph: &Graph, plan: &Plan) -> String {
    let namespaces = graph.namespaces();
    let title = namespaces.iter().map(|namespace| format!("namespace {namespace}")).collect::<Vec<_>>().join(", ");
    let title = if graph.nodes.is_empty() { "nothing runs".to_owned() } else { title };
    let (top, bottom) = plan.height;
    let right = plan.columns.last().map_or(0, |column| column.left + column.width);
    let right = plan.ways.iter().map(|way| way.track + CORNER).fold(right, i32::max);
    let (x, y) = (-MARGIN - 8, top - 2 * TITLE - MARGIN);
    let (width, height) = ((right + MARGIN + 8 - x).max(LEAST), bottom + 48 + MARGIN - y);
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"{x} {y} {width} {height}\" \
         font-family=\"sans-serif\" font-size=\"13\" fill=\"#1f2328\">\n\
         <rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n{HEADS}\
         <text x=\"-8\" y=\"{}\" font-weight=\"bold\">{}</text>\n",
        y + 24,
        shape::escaped(&title)
    );
    for column in plan.columns.iter().filter(|column| !column.lane.title().is_empty()) {
        let (left, width, height) = (column.left - 8, column.width + 16, bottom - top + TITLE + 8);
        let _ =
            writeln!(text, "<rect x=\"{left}\" y=\"{}\" width=\"{width}\" height=\"{height}\" rx=\"6\" fill=\"#f6f8fa\"/>", top - TITLE);
        let middle = column.left + column.width / 2;
        let _ = writeln!(
            text,
            "<text x=\"{middle}\" y=\"{}\" text-anchor=\"middle\" font-size=\"12\" fill=\"#57606a\">{}</text>",
            top - 14,
            column.lane.title()
        );
    }
    for Column { left, width, rows, .. } in &plan.columns {
        for (height, kind) in rows {
            let _ = writeln!(text, "<path d=\"M{left} {height}h{width}\" {}/>", stroke(*kind));
        }
    }
    for way in &plan.ways {
        draw_way(&mut text, way, &plan.columns);
    }
    for (node, frame) in graph.nodes.iter().zip(&plan.frames) {
        text.push_str(&shape::draw(node, *frame));
    }
    draw_legend(&mut text, graph, bottom + 36);
    text + "</svg>\n"
}

/// The lines of a way: the outermost go all the way, the others until they meet them.
fn draw_way(text: &mut String, way: &Way, columns: &[Column]) {
    let Way { kind, heading, track, to, .. } = *way;
    let left = columns[way.column].left + columns[way.column].width;
    let right = columns.get(way.column + 1).map_or(left, |column| column.left);
    let (start, end) = match heading {
        Heading::Right => (left, right),
        Heading::Left => (right, left),
        Heading::Around => (left, left),
    };
    let uppermost = way.from.iter().filter(|height| **height < to).min();
    let lowermost = way.from.iter().filter(|height| **height > to).max();
    for from in &way.from {
        let is_upper = Some(from) == uppermost;
        let is_outer = is_upper || Some(from) == lowermost;
        let corner = CORNER.min((from - to).abs() / 2);
        let turn = corner * (to - from).signum();
        let inward = corner * (track - start).signum();
        let mut line = format!("M{start} {from}H{}Q{track} {from} {track} {}", track - inward, from + turn);
        if is_outer {
            let outward = corner * (end - track).signum();
            let _ = write!(line, "V{}Q{track} {to} {} {to}", to - turn, track + outward);
        }
        // Of two that meet from above and below, one goes on.
        let is_last = is_outer && (is_upper || uppermost.is_none());
        if is_last {
            let _ = write!(line, "H{end}");
        }
        let has_head = is_last && way.arrives && kind != Kind::Joins;
        let head = if has_head { " marker-end=\"url(#head)\"" } else { "" };
        let _ = writeln!(text, "<path d=\"{line}\" {}{head}/>", stroke(kind));
    }
    if !way.label.is_empty() {
        let middle = i32::midpoint(track, end);
        let label = shape::escaped(&way.label);
        let _ = writeln!(text, "<text x=\"{middle}\" y=\"{}\" text-anchor=\"middle\" font-size=\"12\">{label}</text>", to - 5);
    }
}

/// What the lines mean that are there.
fn draw_legend(text: &mut String, graph: &Graph, y: i32) {
    let mut left = 0;
    let mut word = |text: &mut String, symbol: &str, word: &str| {
        let _ = writeln!(text, "<{symbol}/>\n<text x=\"{}\" y=\"{}\" font-size=\"12\">{word}</text>", left + 34, y + 4);
        left += 56 + shape::width_of_words(word);
        left
    };
    let mut at = 0;
    for (name, kind) in LEGEND {
        if graph.edges.iter().any(|edge| edge.kind == kind) {
            at = word(text, &format!("path d=\"M{at} {y}h28\" {}", stroke(kind)), name);
        }
    }
    if graph.nodes.iter().any(|node| node.shape != Shape::Hub && node.outside) {
        let look = "fill=\"#ffffff\" stroke=\"#57606a\" stroke-dasharray=\"5 3\"";
        word(text, &format!("rect x=\"{at}\" y=\"{}\" width=\"28\" height=\"16\" {look}", y - 8), "not in the set");
    }
}

/// How the line of a kind looks.
fn stroke(kind: Kind) -> &'static str {
    match kind {
        Kind::TalksTo | Kind::Joins => "fill=\"none\" stroke=\"#57606a\" stroke-width=\"1.3\"",
        Kind::Pulls => "fill=\"none\" stroke=\"#8250df\" stroke-width=\"1.3\"",
        Kind::Reads => "fill=\"none\" stroke=\"#1a7f37\" stroke-width=\"1.3\" stroke-dasharray=\"6 4\"",
        Kind::Mounts => "fill=\"none\" stroke=\"#9a6700\" stroke-width=\"1.6\" stroke-dasharray=\"2 3\"",
        Kind::Makes => "fill=\"none\" stroke=\"#57606a\" stroke-width=\"2.6\"",
    }
}
