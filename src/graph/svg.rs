//! The diagram as an image: SVG that needs no fonts, styles or scripts of others.

mod canvas;
mod shape;

use layout::core::base::Orientation::LeftToRight;
use layout::core::color::Color;
use layout::core::geometry::Point;
use layout::core::style::{LineStyleKind, StyleAttr};
use layout::std_shapes::shapes::{Arrow, Element, LineEndKind, ShapeKind};
use layout::topo::layout::VisualGraph;

use super::{Edge, Graph, Kind, Shape};
use canvas::Canvas;

/// The size in which the words beside lines are laid out: the width of each letter, and less than a line's height.
const LETTER: usize = 8;

/// The diagram as an SVG document.
#[must_use]
pub fn svg(graph: &Graph) -> String {
    let namespaces = graph.namespaces();
    let title = namespaces.iter().map(|namespace| format!("namespace {namespace}")).collect::<Vec<_>>().join(", ");
    let mut canvas = Canvas::new(graph);
    if graph.nodes.is_empty() {
        return canvas.document("nothing runs");
    }
    let look = StyleAttr::new(Color::fast("black"), 1, None, 0, LETTER);
    let mut picture = VisualGraph::new(LeftToRight);
    let mut handles = Vec::new();
    for (number, node) in graph.nodes.iter().enumerate() {
        let (width, height) = shape::size(node);
        let kind = if node.shape == Shape::Hub { ShapeKind::new_circle("") } else { ShapeKind::new_box("") };
        let size = Point::new(width, height);
        handles.push(picture.add_node(Element::create_with_properties(kind, look.clone(), LeftToRight, size, number.to_string())));
    }
    for (number, Edge { from, to, kind, label }) in graph.edges.iter().enumerate() {
        let end = if *kind == Kind::Joins { LineEndKind::None } else { LineEndKind::Arrow };
        let text = if *kind == Kind::Makes { "makes" } else { label };
        let line = LineStyleKind::Normal;
        let arrow = Arrow::with_properties(LineEndKind::None, end, line, text, &look, number.to_string(), &None, &None);
        picture.add_edge(arrow, handles[*from], handles[*to]);
    }
    picture.do_it(false, false, false, &mut canvas);
    canvas.document(&title)
}
