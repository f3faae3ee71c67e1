//! How nodes look.

use std::fmt::Write as _;

use super::plan::Frame;
use crate::graph::{Node, Shape};

/// The height of a line of text.
const LINE: i32 = 17;

/// The width of ten letters, in fonts that are wide.
const TEN_LETTERS: i32 = 78;

/// How high the ends of a cylinder are.
const ROUND: i32 = 7;

/// The space that a node takes at least.
pub(super) fn size(node: &Node) -> (i32, i32) {
    let width = node.label.iter().map(|line| width(line)).max().unwrap_or_default() + 24;
    let height = node.label.iter().map(|_| LINE).sum::<i32>() + 14;
    if is_cylinder(node.shape) { (width, height + 2 * ROUND) } else { (width, height) }
}

/// The space that words on a line take.
pub(super) fn width_of_words(words: &str) -> i32 {
    width(words)
}

/// About how wide a text is.
fn width(text: &str) -> i32 {
    text.chars().map(|symbol| if symbol.is_ascii() { TEN_LETTERS } else { 2 * TEN_LETTERS }).sum::<i32>() / 10
}

fn is_cylinder(shape: Shape) -> bool {
    matches!(shape, Shape::Storage | Shape::Database)
}

/// A node in its frame.
pub(super) fn draw(node: &Node, Frame { left, top, width, height }: Frame) -> String {
    let (fill, stroke) = colors(node.shape);
    let dashes = if node.outside { " stroke-dasharray=\"5 3\"" } else { "" };
    let look = format!("fill=\"{fill}\" stroke=\"{stroke}\"{dashes}");
    let rect = |left: i32, top: i32, width: i32, height: i32, radius: i32| {
        format!("<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\" rx=\"{radius}\" {look}/>\n")
    };
    let rounded = |radius| rect(left, top, width, height, radius);
    let mut text = match node.shape {
        Shape::Workload | Shape::Repository => rounded(2),
        Shape::Users | Shape::Hub => rounded(16),
        Shape::Secret | Shape::ConfigMap => rounded(9),
        // One in front of others.
        Shape::Pods => rect(left + 4, top + 4, width - 4, height - 4, 2) + &rect(left, top, width - 4, height - 4, 2),
        Shape::Storage | Shape::Database => {
            let (top, wall, radius) = (top + ROUND, height - 2 * ROUND, f64::from(width) / 2.0);
            format!(
                "<path d=\"M{left} {top}a{radius} {ROUND} 0 0 1 {width} 0v{wall}a{radius} {ROUND} 0 0 1 -{width} 0z\" {look}/>\n\
                 <path d=\"M{left} {top}a{radius} {ROUND} 0 0 0 {width} 0\" fill=\"none\" stroke=\"{stroke}\"{dashes}/>\n"
            )
        }
    };
    let middle = left + width / 2;
    let lines = node.label.iter().map(|_| LINE).sum::<i32>();
    let mut base = top + (height - lines) / 2 + 13 + if is_cylinder(node.shape) { ROUND / 2 } else { 0 };
    for (number, line) in node.label.iter().enumerate() {
        let weight = if number == 0 && node.shape != Shape::Hub { " font-weight=\"bold\"" } else { "" };
        let _ = writeln!(text, "<text x=\"{middle}\" y=\"{base}\" text-anchor=\"middle\"{weight}>{}</text>", escaped(line));
        base += LINE;
    }
    text
}

/// The colours of the inside and the outline.
fn colors(shape: Shape) -> (&'static str, &'static str) {
    match shape {
        Shape::Workload | Shape::Pods => ("#ddf4ff", "#0969da"),
        Shape::Users | Shape::Hub => ("#ffffff", "#57606a"),
        Shape::Storage => ("#fff8c5", "#9a6700"),
        Shape::Database => ("#fbefff", "#8250df"),
        Shape::Secret => ("#ffebe9", "#cf222e"),
        Shape::ConfigMap => ("#dafbe1", "#1a7f37"),
        Shape::Repository => ("#f6f8fa", "#57606a"),
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
