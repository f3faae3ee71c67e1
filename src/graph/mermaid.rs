//! The diagram as text for Mermaid.

use std::fmt::Write as _;

use super::{Edge, Graph, Kind, Node, Shape};

/// The diagram in Mermaid's notation, <https://mermaid.js.org/syntax/flowchart.html>.
#[must_use]
pub fn mermaid(graph: &Graph) -> String {
    let mut text = "flowchart LR\n".to_owned();
    let numbered = || graph.nodes.iter().enumerate();
    for (number, node) in numbered().filter(|(_, node)| node.namespace.is_none()) {
        line(&mut text, "  ", &shape(number, node));
    }
    for (number, namespace) in graph.namespaces().into_iter().enumerate() {
        line(&mut text, "  ", &format!("subgraph ns{number}[{}]", quoted(&format!("namespace {namespace}"))));
        for (number, node) in numbered().filter(|(_, node)| node.namespace.as_deref() == Some(namespace)) {
            line(&mut text, "    ", &shape(number, node));
        }
        line(&mut text, "  ", "end");
    }
    for edge in &graph.edges {
        line(&mut text, "  ", &arrow(edge));
    }
    let outside: Vec<String> = numbered().filter(|(_, node)| node.outside).map(|(number, _)| format!("n{number}")).collect();
    if !outside.is_empty() {
        line(&mut text, "  ", "classDef outside stroke-dasharray: 4 4");
        line(&mut text, "  ", &format!("class {} outside", outside.join(",")));
    }
    text
}

fn line(text: &mut String, indentation: &str, line: &str) {
    let _ = writeln!(text, "{indentation}{line}");
}

fn shape(number: usize, node: &Node) -> String {
    let (open, close) = match node.shape {
        Shape::Workload => ("[", "]"),
        Shape::Pods => ("[[", "]]"),
        Shape::Users => ("([", "])"),
        Shape::Storage | Shape::Database => ("[(", ")]"),
        Shape::Secret => ("{{", "}}"),
        Shape::ConfigMap => ("[/", "/]"),
        Shape::Repository => (">", "]"),
        Shape::Hub => return format!("n{number}(( ))"),
    };
    format!("n{number}{open}{}{close}", quoted(&node.label.join("\n")))
}

fn arrow(Edge { from, to, kind, label }: &Edge) -> String {
    let (line, label) = match kind {
        Kind::TalksTo => ("-->", label.as_str()),
        Kind::Reads => ("-.->", "reads"),
        Kind::Mounts => ("-.->", "mounts"),
        Kind::Makes => ("==>", "makes"),
        Kind::Pulls => ("-->", "pulls"),
        Kind::Joins => ("---", ""),
    };
    let label = if label.is_empty() { String::new() } else { format!("|{}|", quoted(label)) };
    format!("n{from} {line}{label} n{to}")
}

/// Text in quotes: letters, digits and what is harmless as they are, all else as Mermaid's entities.
fn quoted(text: &str) -> String {
    let mut quoted = "\"".to_owned();
    for symbol in text.chars() {
        match symbol {
            '\n' => quoted.push_str("<br/>"),
            ' ' | '-' | '.' | ',' | ':' | '/' | '_' | '(' | ')' | '@' => quoted.push(symbol),
            _ if symbol.is_control() => quoted.push(' '),
            _ if symbol.is_alphanumeric() => quoted.push(symbol),
            _ => {
                let _ = write!(quoted, "#{};", u32::from(symbol));
            }
        }
    }
    quoted + "\""
}
