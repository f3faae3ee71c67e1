//! How nodes look.

use std::fmt::Write as _;

use layout::core::geometry::Point;

use super::canvas::number_text;
use crate::graph::{Node, Shape};

/// The height of a line of text.
const LINE: f64 = 17.0;

/// The width of a letter, in fonts that are wide.
const LETTER: f64 = 7.8;

/// How high the ends of a cylinder are.
const ROUND: f64 = 7.0;

/// The space that a node takes.
pub(super) fn size(node: &Node) -> (f64, f64) {
    if node.shape == Shape::Hub {
        return (9.0, 9.0);
    }
    let width = node.label.iter().map(|line| width(line)).fold(0.0, f64::max) + 24.0;
    let height = node.label.iter().map(|_| LINE).sum::<f64>() + 14.0;
    if is_cylinder(node.shape) { (width, height + 2.0 * ROUND) } else { (width, height) }
}

/// The space that words on a line take.
pub(super) fn size_of_words(words: &str) -> (f64, f64) {
    (width(words) + 4.0, LINE)
}

/// About how wide a text is.
fn width(text: &str) -> f64 {
    text.chars().map(|symbol| if symbol.is_ascii() { LETTER } else { 2.0 * LETTER }).sum()
}

fn is_cylinder(shape: Shape) -> bool {
    matches!(shape, Shape::Storage | Shape::Database)
}

/// A node at its place.
pub(super) fn draw(node: &Node, corner: Point, size: Point) -> String {
    let (x, y, width, height) = (number_text(corner.x), number_text(corner.y), number_text(size.x), number_text(size.y));
    let (fill, stroke) = colors(node.shape);
    let dashes = if node.outside { " stroke-dasharray=\"5 3\"" } else { "" };
    let look = format!("fill=\"{fill}\" stroke=\"{stroke}\"{dashes}");
    let rounded = |radius: &str| format!("<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"{radius}\" {look}/>\n");
    let mut text = match node.shape {
        Shape::Hub => {
            let (x, y) = (number_text(corner.x + size.x / 2.0), number_text(corner.y + size.y / 2.0));
            return format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{}\" {look}/>\n", number_text(size.x / 2.0));
        }
        Shape::Workload | Shape::Repository => rounded("2"),
        Shape::Users => rounded("16"),
        Shape::Secret | Shape::ConfigMap => rounded("9"),
        Shape::Pods => {
            let (behind_x, behind_y) = (number_text(corner.x + 4.0), number_text(corner.y + 4.0));
            let behind = format!("<rect x=\"{behind_x}\" y=\"{behind_y}\" width=\"{width}\" height=\"{height}\" rx=\"2\" {look}/>\n");
            behind + &rounded("2")
        }
        Shape::Storage | Shape::Database => {
            let (top, wall) = (number_text(corner.y + ROUND), number_text(size.y - 2.0 * ROUND));
            let radius = number_text(size.x / 2.0);
            format!(
                "<path d=\"M{x} {top}a{radius} {ROUND} 0 0 1 {width} 0v{wall}a{radius} {ROUND} 0 0 1 -{width} 0z\" {look}/>\n\
                 <path d=\"M{x} {top}a{radius} {ROUND} 0 0 0 {width} 0\" fill=\"none\" stroke=\"{stroke}\"{dashes}/>\n"
            )
        }
    };
    let middle = number_text(corner.x + size.x / 2.0);
    let mut line_y = corner.y + 7.0 + 13.0 + if is_cylinder(node.shape) { 1.5 * ROUND } else { 0.0 };
    for (number, line) in node.label.iter().enumerate() {
        let weight = if number == 0 { " font-weight=\"bold\"" } else { "" };
        let _ =
            writeln!(text, "<text x=\"{middle}\" y=\"{}\" text-anchor=\"middle\"{weight}>{}</text>", number_text(line_y), escaped(line));
        line_y += LINE;
    }
    text
}

/// The colours of the inside and the outline.
fn colors(shape: Shape) -> (&'static str, &'static str) {
    match shape {
        Shape::Workload | Shape::Pods => ("#ddf4ff", "#0969da"),
        Shape::Users => ("#ffffff", "#57606a"),
        Shape::Storage => ("#fff8c5", "#9a6700"),
        Shape::Database => ("#fbefff", "#8250df"),
        Shape::Secret => ("#ffebe9", "#cf222e"),
        Shape::ConfigMap => ("#dafbe1", "#1a7f37"),
        Shape::Repository => ("#f6f8fa", "#57606a"),
        Shape::Hub => ("#57606a", "#57606a"),
    }
}

/// Text between tags: escaped, and without the characters that XML refuses.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for symbol in text.chars() {
        match symbol {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            _ if symbol.is_control() => escaped.push(' '),
            _ => escaped.push(symbol),
        }
    }
    escaped
}
