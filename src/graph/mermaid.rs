//! The diagram as text for Mermaid.

use std::fmt::Write as _;

use indexmap::IndexSet;

use super::{Edge, Graph, Kind, Node, Shape};

/// The diagram in Mermaid's notation, <https://mermaid.js.org/syntax/flowchart.html>.
#[must_use]
pub fn mermaid(graph: &Graph) -> String {
    let mut text = "flowchart LR\n".to_owned();
    let ids = ids(graph);
    let named = || ids.iter().zip(&graph.nodes);
    for (id, node) in named().filter(|(_, node)| node.namespace.is_none()) {
        line(&mut text, "  ", &shape(id, node));
    }
    for (number, namespace) in graph.namespaces().into_iter().enumerate() {
        line(&mut text, "  ", &format!("subgraph ns{number}[{}]", quoted(&format!("namespace {namespace}"))));
        for (id, node) in named().filter(|(_, node)| node.namespace.as_deref() == Some(namespace)) {
            line(&mut text, "    ", &shape(id, node));
        }
        line(&mut text, "  ", "end");
    }
    for edge in &graph.edges {
        line(&mut text, "  ", &arrow(edge, &ids));
    }
    let outside: Vec<&str> = named().filter(|(_, node)| node.outside).map(|(id, _)| id.as_str()).collect();
    if !outside.is_empty() {
        line(&mut text, "  ", "classDef outside stroke-dasharray: 4 4");
        line(&mut text, "  ", &format!("class {} outside", outside.join(",")));
    }
    text
}

/// An identifier for each node, which stays the same when other nodes come or go.
fn ids(graph: &Graph) -> IndexSet<String> {
    let mut ids = IndexSet::new();
    for node in &graph.nodes {
        let what = match node.shape {
            Shape::Workload | Shape::Pods => "run",
            Shape::Users => "from",
            Shape::Storage => "files",
            Shape::Database => "data",
            Shape::Secret => "secret",
            Shape::ConfigMap => "config",
            Shape::Repository => "git",
            Shape::Hub => "hub",
        };
        // The first of several Secrets comes after a heading.
        let is_name = |line: &&String| node.shape != Shape::Hub && !matches!(line.as_str(), "Secrets" | "ConfigMaps");
        let name = node.label.iter().find(is_name).map_or("", String::as_str);
        let name = name.replace(|symbol: char| !symbol.is_ascii_alphanumeric(), "_");
        let id = format!("{what}_{name}").trim_end_matches('_').to_owned();
        let free = (2..graph.nodes.len() + 2).map(|count| format!("{id}_{count}")).find(|other| !ids.contains(other));
        ids.insert(if ids.contains(&id) { free.unwrap_or_default() } else { id });
    }
    ids
}

fn line(text: &mut String, indentation: &str, line: &str) {
    let _ = writeln!(text, "{indentation}{line}");
}

fn shape(id: &str, node: &Node) -> String {
    let (open, close) = match node.shape {
        Shape::Workload => ("[", "]"),
        Shape::Pods => ("[[", "]]"),
        Shape::Users | Shape::Hub => ("([", "])"),
        Shape::Storage | Shape::Database => ("[(", ")]"),
        Shape::Secret => ("{{", "}}"),
        Shape::ConfigMap => ("[/", "/]"),
        Shape::Repository => (">", "]"),
    };
    format!("{id}{open}{}{close}", quoted(&node.label.join("\n")))
}

fn arrow(Edge { from, to, kind, label }: &Edge, ids: &IndexSet<String>) -> String {
    let (line, label) = match kind {
        Kind::TalksTo => ("-->", label.as_str()),
        Kind::Reads => ("-.->", "reads"),
        Kind::Mounts => ("-.->", "mounts"),
        Kind::Makes => ("==>", "makes"),
        Kind::Pulls => ("-->", "pulls"),
        Kind::Joins => ("---", ""),
    };
    let label = if label.is_empty() { String::new() } else { format!("|{}|", quoted(label)) };
    format!("{} {line}{label} {}", ids[*from], ids[*to])
}

/// Text in quotes: letters, digits and harmless characters as they are, all others as Mermaid's entities.
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
