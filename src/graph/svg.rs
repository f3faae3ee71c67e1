//! The diagram as an image: SVG without external fonts, styles or scripts.

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

/// The diagram as an SVG document.
#[must_use]
pub fn svg(graph: &Graph) -> String {
    let namespaces = graph.namespaces();
    let title = namespaces.iter().map(|namespace| format!("namespace {namespace}")).collect::<Vec<_>>().join(", ");
    let mut canvas = Canvas::new(graph);
    if graph.nodes.is_empty() {
        return canvas.document("nothing runs");
    }
    let look = StyleAttr::new(Color::fast("black"), 1, None, 0, 1);
    let mut picture = VisualGraph::new(LeftToRight);
    let add = |picture: &mut VisualGraph, shape, (width, height), number: usize| {
        let size = Point::new(width, height);
        picture.add_node(Element::create_with_properties(shape, look.clone(), LeftToRight, size, number.to_string()))
    };
    let mut handles = Vec::new();
    for (number, node) in graph.nodes.iter().enumerate() {
        let shape = if node.shape == Shape::Hub { ShapeKind::new_circle("") } else { ShapeKind::new_box("") };
        handles.push(add(&mut picture, shape, shape::size(node), number));
    }
    for (number, edge) in graph.edges.iter().enumerate() {
        let (from, to) = (handles[edge.from], handles[edge.to]);
        let arrow = |end| {
            let properties = number.to_string();
            Arrow::with_properties(LineEndKind::None, end, LineStyleKind::Normal, "", &look, properties, &None, &None)
        };
        let end = if edge.kind == Kind::Joins { LineEndKind::None } else { LineEndKind::Arrow };
        let words = words(edge);
        if words.is_empty() {
            picture.add_edge(arrow(end), from, to);
        } else {
            // Words are nodes of their own on the way: layout-rs can panic on words of its arrows.
            let words = add(&mut picture, ShapeKind::new_box(""), shape::size_of_words(words), graph.nodes.len() + number);
            picture.add_edge(arrow(LineEndKind::None), from, words);
            picture.add_edge(arrow(end), words, to);
        }
    }
    picture.do_it(false, false, false, &mut canvas);
    canvas.document(&title)
}

/// The words beside a line; the legend says the rest.
fn words(edge: &Edge) -> &str {
    if edge.kind == Kind::Makes { "makes" } else { &edge.label }
}
