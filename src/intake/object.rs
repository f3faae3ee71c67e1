//! The objects that a document holds.

use crate::error::{Diagnostic, code};
use crate::source::Place;
use crate::yaml::{Data, Entry, Node};

/// What a document holds, or an item of a list.
pub enum Found {
    /// An object.
    Object {
        /// It.
        node: Node,
        /// The path of the file that it belongs in, if Helm or gen said so.
        path: Option<String>,
    },
    /// Something else.
    Broken {
        /// It.
        node: Node,
        /// Whether it was meant for an object.
        is_meant: bool,
    },
}

impl Found {
    /// Whether it is an object, or was meant for one.
    pub fn is_meant(&self) -> bool {
        !matches!(self, Self::Broken { is_meant: false, .. })
    }
}

/// What the documents of a text hold. An empty one holds nothing.
pub fn found(documents: Vec<Node>, text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let mut before = 0;
    for document in documents {
        let span = document.span();
        let path = text.get(before..span.start).and_then(source).or_else(|| document.text(&POST_RENDERED).map(str::to_owned));
        before = span.end;
        if !document.is_null() {
            collect(document, path, false, &mut found);
        }
    }
    found
}

/// Where Helm 4 says to a post-renderer which template an object is from.
const POST_RENDERED: [&str; 3] = ["metadata", "annotations", "postrenderer.helm.sh/postrender-filename"];

/// The path in the last comment of the form `# Source: PATH`.
fn source(text: &str) -> Option<String> {
    text.lines().filter_map(|line| line.strip_prefix("# Source: ")).next_back().map(|path| path.trim_end().to_owned())
}

fn collect(node: Node, path: Option<String>, is_meant: bool, found: &mut Vec<Found>) {
    let is_text = |key: &str| node.text(&[key]).is_some_and(|text| !text.is_empty());
    let is_there = |key: &str| node.get(key).is_some();
    if !(is_text("apiVersion") && is_text("kind")) {
        let is_meant = is_meant || is_there("metadata") || is_there("kind") || is_there("apiVersion") && is_there("spec");
        return found.push(Found::Broken { node, is_meant });
    }
    let of_items = node.text(&["kind"]).and_then(|kind| kind.strip_suffix("List")).map(str::to_owned);
    match (of_items, &node.data) {
        (Some(kind), Data::Map(entries)) if entries.get("items").is_some_and(|items| items.value.as_list().is_some()) => {
            let of_list = (kind, entries.get("apiVersion").cloned());
            for mut item in node.items(&["items"]).to_vec() {
                typed(&mut item, &of_list);
                collect(item, path.clone(), true, found);
            }
        }
        _ => found.push(Found::Object { node, path }),
    }
}

/// Gives an item of a list of one kind that kind, if it does not say it, as `kubectl` does.
fn typed(item: &mut Node, (kind, api_version): &(String, Option<Entry>)) {
    let Data::Map(entries) = &mut item.data else { return };
    if kind.is_empty() || entries.contains_key("kind") && entries.contains_key("apiVersion") {
        return;
    }
    entries.insert("kind".to_owned(), Entry { key: None, value: Node::new(Data::String(kind.clone())) });
    entries.extend(api_version.clone().map(|entry| ("apiVersion".to_owned(), entry)));
}

/// What to do about what is no object, and may be values.
pub const OF_VALUES: &str = "an object has the texts `apiVersion` and `kind`; `gen -f FILE --strict` checks a file of values";

/// An error about what is no object.
pub fn broken(node: &Node, name: &str, place: Option<Place>) -> Diagnostic {
    let lacking: Vec<&str> = ["apiVersion", "kind"].into_iter().filter(|key| node.text(&[key]).is_none_or(str::is_empty)).collect();
    let label = match node.data {
        Data::Map(_) => format!("it has no {}", lacking.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(" and no ")),
        _ => format!("this is {}", node.kind()),
    };
    let error = Diagnostic::new(format!("`{name}` holds what is no object of Kubernetes")).coded(code::NO_OBJECT).at(place, label);
    error.help(OF_VALUES)
}
