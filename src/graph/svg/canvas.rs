//! Draws a diagram that has been laid out.

use std::fmt::Write as _;

use layout::core::format::{ClipHandle, RenderBackend};
use layout::core::geometry::Point;
use layout::core::style::StyleAttr;

use super::shape;
use crate::graph::{Graph, Kind};

/// The space around everything.
const MARGIN: f64 = 16.0;

/// The beginning of every drawing: the heads of arrows.
const HEADS: &str = r##"<defs><marker id="head" viewBox="0 0 10 8" refX="9" refY="4" markerWidth="10" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto-start-reverse"><path d="M0 0L10 4L0 8Z" fill="#57606a"/></marker></defs>
"##;

/// What lines mean, for the legend.
const LEGEND: [(&str, Kind); 3] = [("talks to", Kind::TalksTo), ("reads", Kind::Reads), ("mounts", Kind::Mounts)];

/// A drawing that grows.
#[derive(Debug)]
pub(super) struct Canvas<'g> {
    graph: &'g Graph,
    lines: String,
    nodes: String,
    words: String,
    /// The corners of the drawing so far.
    corners: Option<(Point, Point)>,
}

impl<'g> Canvas<'g> {
    pub fn new(graph: &'g Graph) -> Self {
        Self { graph, lines: String::new(), nodes: String::new(), words: String::new(), corners: None }
    }

    /// The whole, below a title.
    pub fn document(&self, title: &str) -> String {
        let (from, to) = self.corners.unwrap_or((Point::zero(), Point::zero()));
        let (x, y) = (from.x - MARGIN, from.y - MARGIN - 28.0);
        let legend_y = to.y + 28.0;
        let (width, height) = ((to.x - x + MARGIN).max(460.0).ceil(), (legend_y - y + MARGIN).ceil());
        let (x, y) = (x.floor(), y.floor());
        let mut text = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"{x} {y} {width} {height}\" \
             font-family=\"sans-serif\" font-size=\"13\" fill=\"#1f2328\">\n\
             <rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n{HEADS}"
        );
        let left = x + MARGIN;
        let _ = writeln!(text, "<text x=\"{left}\" y=\"{}\" font-weight=\"bold\">{}</text>", y + 24.0, shape::escaped(title));
        text.extend([self.lines.as_str(), &self.nodes, &self.words]);
        for (number, (word, kind)) in (0_u8..).zip(LEGEND) {
            let at = left + 100.0 * f64::from(number);
            let y = number_text(legend_y);
            let _ = writeln!(text, "<path d=\"M{at} {y}h28\" {}/>", stroke(kind));
            let _ = writeln!(text, "<text x=\"{}\" y=\"{}\" font-size=\"12\">{word}</text>", at + 34.0, number_text(legend_y + 4.0));
        }
        let at = left + 300.0;
        let y = number_text(legend_y - 8.0);
        let _ = writeln!(
            text,
            "<rect x=\"{at}\" y=\"{y}\" width=\"28\" height=\"16\" fill=\"#ffffff\" stroke=\"#57606a\" stroke-dasharray=\"5 3\"/>"
        );
        let _ = writeln!(text, "<text x=\"{}\" y=\"{}\" font-size=\"12\">not in the set</text>", at + 34.0, number_text(legend_y + 4.0));
        text + "</svg>\n"
    }

    fn grow(&mut self, point: Point) {
        let (from, to) = self.corners.unwrap_or((point, point));
        self.corners = Some((Point::new(from.x.min(point.x), from.y.min(point.y)), Point::new(to.x.max(point.x), to.y.max(point.y))));
    }

    /// A node, or the words of an edge, whose numbers follow those of the nodes.
    fn part(&mut self, corner: Point, size: Point, properties: Option<String>) {
        let Some(number) = properties.and_then(|number| number.parse::<usize>().ok()) else { return };
        self.grow(corner);
        self.grow(corner.add(size));
        let Graph { nodes, edges } = self.graph;
        if let Some(node) = nodes.get(number) {
            self.nodes.push_str(&shape::draw(node, corner, size));
        } else if let Some(edge) = number.checked_sub(nodes.len()).and_then(|number| edges.get(number)) {
            let (x, y) = (number_text(corner.x + size.x / 2.0), number_text(corner.y + size.y / 2.0 + 4.0));
            let words = shape::escaped(super::words(edge));
            let _ = writeln!(self.words, "<text x=\"{x}\" y=\"{y}\" text-anchor=\"middle\" font-size=\"12\">{words}</text>");
        }
    }
}

impl RenderBackend for Canvas<'_> {
    fn draw_rect(&mut self, corner: Point, size: Point, _: &StyleAttr, properties: Option<String>, _: Option<ClipHandle>) {
        self.part(corner, size, properties);
    }

    fn draw_circle(&mut self, center: Point, size: Point, _: &StyleAttr, properties: Option<String>) {
        self.part(center.sub(size.scale(0.5)), size, properties);
    }

    fn draw_line(&mut self, _: Point, _: Point, _: &StyleAttr, _: Option<String>) {}

    fn draw_text(&mut self, _: Point, _: &str, _: &StyleAttr) {}

    fn draw_arrow(&mut self, path: &[(Point, Point)], _: bool, head: (bool, bool), _: &StyleAttr, properties: Option<String>, _: &str) {
        let Some(edge) = properties.and_then(|number| self.graph.edges.get(number.parse::<usize>().ok()?)) else { return };
        let [first, second, rest @ ..] = path else { return };
        for (one, other) in path {
            self.grow(*one);
            self.grow(*other);
        }
        let at = |point: &Point| format!("{} {}", number_text(point.x), number_text(point.y));
        let mut way = format!("M{}C{} {} {}", at(&first.0), at(&first.1), at(&second.0), at(&second.1));
        for (control, point) in rest {
            let _ = write!(way, "S{} {}", at(control), at(point));
        }
        let start = if head.0 { " marker-start=\"url(#head)\"" } else { "" };
        let end = if head.1 { " marker-end=\"url(#head)\"" } else { "" };
        let _ = writeln!(self.lines, "<path d=\"{way}\" {}{start}{end}/>", stroke(edge.kind));
    }

    fn create_clip(&mut self, _: Point, _: Point, _: usize) -> ClipHandle {
        0
    }
}

/// How the line of a kind looks.
fn stroke(kind: Kind) -> &'static str {
    match kind {
        Kind::TalksTo | Kind::Pulls | Kind::Joins => "fill=\"none\" stroke=\"#57606a\" stroke-width=\"1.3\"",
        Kind::Reads => "fill=\"none\" stroke=\"#1a7f37\" stroke-width=\"1.3\" stroke-dasharray=\"6 4\"",
        Kind::Mounts => "fill=\"none\" stroke=\"#9a6700\" stroke-width=\"1.6\" stroke-dasharray=\"2 3\"",
        Kind::Makes => "fill=\"none\" stroke=\"#57606a\" stroke-width=\"2.6\"",
    }
}

/// A number with one decimal, which is as exact as the eye.
pub(super) fn number_text(number: f64) -> String {
    let number = (number * 10.0).round() / 10.0;
    format!("{}", if number == 0.0 { 0.0 } else { number })
}
