//! Edits of trees: what an edit of a text has to come to.

use crate::schema::{Path, Step};
use crate::yaml::{self, Data, Entry, Map, Node};

/// The tree of a text, if it is one document. Of a key that stands twice the last counts.
pub fn read(text: &str, layer: usize) -> Option<Node> {
    let mut documents = yaml::without_empty(yaml::read_keeping_last(text, layer).ok()?.0);
    if documents.len() == 1 { documents.pop() } else { None }
}

/// Puts a value at a path, with the maps and lists on the way to it. None, if something else stands in the way.
pub fn put(root: &mut Node, path: &[Step], value: Node) -> Option<()> {
    let Some((step, rest)) = path.split_first() else {
        *root = value;
        return Some(());
    };
    if is_empty(root) {
        root.data = if matches!(step, Step::Key(_)) { Data::Map(Map::default()) } else { Data::List(Vec::new()) };
    }
    let nothing = || Node::new(Data::Null);
    match (step, &mut root.data) {
        (Step::Key(key), Data::Map(entries)) => {
            put(&mut entries.entry(key.clone()).or_insert_with(|| Entry { key: None, value: nothing() }).value, rest, value)
        }
        (Step::Index(index), Data::List(items)) if *index <= items.len() => {
            if *index == items.len() {
                items.push(nothing());
            }
            put(&mut items[*index], rest, value)
        }
        _ => None,
    }
}

/// Calls a function with each string of a tree.
pub fn each_text(node: &mut Node, act: &mut impl FnMut(&mut String)) {
    match &mut node.data {
        Data::Map(entries) => entries.values_mut().for_each(|entry| each_text(&mut entry.value, act)),
        Data::List(items) => items.iter_mut().for_each(|item| each_text(item, act)),
        Data::String(text) => act(text),
        Data::Null | Data::Bool(_) | Data::Number(..) => {}
    }
}

/// The part of a path that goes when its end goes: the way to the first map that has nothing else.
pub fn vanishing(before: &Node, path: &Path) -> Path {
    let mut after = before.clone();
    path.remove(&mut after);
    let lengths = 1..=path.0.len();
    let gone = lengths.map(|length| Path(path.0[..length].to_vec())).find(|part| part.get(&after).is_none());
    gone.unwrap_or_else(|| path.clone())
}

/// What says nothing on the way to a path, or at its end.
pub fn blocking(root: &Node, path: &Path) -> Option<Path> {
    let lengths = 1..=path.0.len();
    let stands_there = |part: &Path| part.get(root).is_some_and(|node| is_empty(node) || part == path);
    lengths.map(|length| Path(path.0[..length].to_vec())).find(stands_there)
}

/// Whether it is nothing, or an empty text, list or map; `false` is something.
pub fn is_empty(node: &Node) -> bool {
    match &node.data {
        Data::Null => true,
        Data::String(text) => text.is_empty(),
        Data::List(items) => items.is_empty(),
        Data::Map(entries) => entries.is_empty(),
        Data::Bool(_) | Data::Number(..) => false,
    }
}
