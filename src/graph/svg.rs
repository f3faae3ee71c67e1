//! The diagram as an image: SVG without external fonts, styles or scripts.
//!
//! Each lane is a column. Lines run between the columns alone, and through a column where a row is kept free for them, so that
//! none is behind a box. Lines that lead to one thing and say the same are a bundle: they meet before they get there.

mod bundle;
mod canvas;
mod place;
mod plan;
mod shape;
mod way;

use super::Graph;

/// The diagram as an SVG document.
#[must_use]
pub fn svg(graph: &Graph) -> String {
    canvas::draw(graph, &plan::Plan::of(graph))
}
