//! YAML: a tree that knows where each of its nodes was written.
//!
//! [`read`] makes the tree, [`write`](write()) writes one in the canonical style. The same tree serves the values
//! (whose places the messages need) and the manifests (which are written as they were read).

mod aliased;
mod comments;
mod explained;
mod go;
mod merged;
mod plain;
mod read;
mod scalar;
mod tagged;
mod tidy;
mod twice;
mod write;

use std::ops::Range;

use foldhash::fast::FixedState;
use indexmap::IndexMap;
use serde::ser::{Serialize, SerializeMap as _, Serializer};
use serde_json::Number;

pub use aliased::aliased;
pub use comments::write_with_comments;
pub use plain::plain;
pub use read::{MAX_DEPTH, SyntaxError, read, read_keeping_last};
pub use scalar::resolve;
pub use tidy::{drop_nulls, tidy};
pub use twice::Twice;
pub use write::write;

/// Where a node was written: in which of several texts, and which bytes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    layer: u32,
    start: u32,
    end: u32,
}

impl Origin {
    /// The bytes `span` of the text with the number `layer`. What lies beyond four gigabytes is taken for their end.
    #[must_use]
    pub fn new(layer: usize, span: Range<usize>) -> Self {
        let short = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Self { layer: short(layer), start: short(span.start), end: short(span.end) }
    }

    /// The number of the text.
    #[must_use]
    pub fn layer(self) -> usize {
        self.layer as usize
    }

    /// The bytes in the text.
    #[must_use]
    pub fn span(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The same bytes of a text that stands at the offset `by` in another one.
    #[must_use]
    pub fn moved(self, by: usize) -> Self {
        let Range { start, end } = self.span();
        Self::new(self.layer(), start + by..end + by)
    }
}

/// A YAML node.
#[derive(Clone, Debug)]
pub struct Node {
    /// What it is.
    pub data: Data,
    /// Where it was written; `None`, if nobody wrote it.
    pub origin: Option<Origin>,
}

/// What a [`Node`] is, in JSON's terms: what kubectl and Helm make of a YAML text.
#[derive(Clone, Debug)]
pub enum Data {
    /// `null`, `~` or nothing at all.
    Null,
    /// A boolean, `yes` and `off` and their like included, as kubectl and Helm read them.
    Bool(bool),
    /// A number, and how it was written: `1.10` is the number 1.1.
    Number(Number, String),
    /// A string.
    String(String),
    /// A list.
    List(Vec<Node>),
    /// A map, in the order in which it was written.
    Map(Map),
}

/// The entries of a map, in the order in which they were written.
pub type Map = IndexMap<String, Entry, FixedState>;

/// An entry of a map.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Where the key was written; `None`, if nobody wrote it.
    pub key: Option<Origin>,
    /// The value.
    pub value: Node,
}

/// Of several documents those that say something: below a `---` at the end there is nothing.
#[must_use]
pub fn without_empty(mut documents: Vec<Node>) -> Vec<Node> {
    if documents.len() > 1 {
        documents.retain(|document| !document.is_null());
    }
    documents
}

impl Entry {
    /// Whether its key stands in the map that begins at a place, and did not come by a merge key from above it.
    fn is_within(&self, map: &Range<usize>) -> bool {
        self.key.is_some_and(|key| key.span().start >= map.start)
    }
}

impl Node {
    /// A node that nobody wrote.
    #[must_use]
    pub fn new(data: Data) -> Self {
        Self { data, origin: None }
    }

    /// The same tree as one that nobody wrote.
    pub(crate) fn unwritten(mut self) -> Self {
        self.each_origin(&mut |origin| *origin = None);
        self
    }

    /// The same tree, which stands in the text with this number.
    pub(crate) fn of_text(mut self, number: usize) -> Self {
        self.each_origin(&mut |origin| *origin = origin.map(|origin| Origin::new(number, origin.span())));
        self
    }

    fn each_origin(&mut self, act: &mut dyn FnMut(&mut Option<Origin>)) {
        act(&mut self.origin);
        match &mut self.data {
            Data::List(items) => items.iter_mut().for_each(|item| item.each_origin(act)),
            Data::Map(entries) => entries.values_mut().for_each(|entry| {
                act(&mut entry.key);
                entry.value.each_origin(act);
            }),
            _ => {}
        }
    }

    /// The bytes of its text; none, if nobody wrote it.
    #[must_use]
    pub fn span(&self) -> Range<usize> {
        self.origin.map(Origin::span).unwrap_or_default()
    }

    /// What kind of node it is, as messages say it.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match &self.data {
            Data::Null => "null",
            Data::Bool(_) => "a boolean",
            Data::Number(number, _) if number.is_f64() => "a decimal number",
            Data::Number(..) => "a whole number",
            Data::String(_) => "a string",
            Data::List(_) => "a list",
            Data::Map(_) => "a map",
        }
    }

    /// The string, if it is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        if let Data::String(text) = &self.data { Some(text) } else { None }
    }

    /// The items, if it is a list.
    #[must_use]
    pub fn as_list(&self) -> Option<&[Node]> {
        if let Data::List(items) = &self.data { Some(items) } else { None }
    }

    /// The entries, if it is a map.
    #[must_use]
    pub fn as_map(&self) -> Option<&Map> {
        if let Data::Map(entries) = &self.data { Some(entries) } else { None }
    }

    /// Whether both are the same to JSON, wherever they were written and in whatever order.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        match (&self.data, &other.data) {
            (Data::Null, Data::Null) => true,
            (Data::Bool(one), Data::Bool(other)) => one == other,
            (Data::Number(one, _), Data::Number(other, _)) => one == other || one.as_f64() == other.as_f64(),
            (Data::String(one), Data::String(other)) => one == other,
            (Data::List(one), Data::List(other)) => {
                one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one.is_same(other))
            }
            (Data::Map(one), Data::Map(other)) => {
                let is_there = |(key, entry): (&String, &Entry)| other.get(key).is_some_and(|known| entry.value.is_same(&known.value));
                one.len() == other.len() && one.iter().all(is_there)
            }
            _ => false,
        }
    }

    /// Whether it is `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self.data, Data::Null)
    }

    /// The value of a key, if it is a map that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.as_map()?.get(key).map(|entry| &entry.value)
    }

    /// Whether it says nothing: null, `false`, and empty strings, lists and maps, or maps of what says nothing.
    #[must_use]
    pub fn says_nothing(&self) -> bool {
        match &self.data {
            Data::Null | Data::Bool(false) => true,
            Data::String(text) => text.is_empty(),
            Data::List(items) => items.is_empty(),
            Data::Map(entries) => entries.values().all(|entry| entry.value.says_nothing()),
            Data::Bool(true) | Data::Number(..) => false,
        }
    }

    /// The node at the end of a path of keys.
    #[must_use]
    pub fn at(&self, path: &[&str]) -> Option<&Node> {
        path.iter().try_fold(self, |node, key| node.get(key))
    }

    /// The node at the end of a path of keys, to be changed.
    pub fn at_mut(&mut self, path: &[&str]) -> Option<&mut Self> {
        path.iter().try_fold(self, |node, key| match &mut node.data {
            Data::Map(entries) => entries.get_mut(*key).map(|entry| &mut entry.value),
            _ => None,
        })
    }

    /// The text at the end of a path of keys, if there is one.
    #[must_use]
    pub fn text(&self, path: &[&str]) -> Option<&str> {
        self.at(path)?.as_str()
    }

    /// The items of the list at the end of a path of keys; none, if there is no list.
    #[must_use]
    pub fn items(&self, path: &[&str]) -> &[Node] {
        self.at(path).and_then(Node::as_list).unwrap_or_default()
    }

    /// The entries of the map at the end of a path of keys; none, if there is no map.
    pub fn entries<'n>(&'n self, path: &[&str]) -> impl Iterator<Item = (&'n str, &'n Node)> + use<'n> {
        self.at(path).and_then(Node::as_map).into_iter().flatten().map(|(key, entry)| (key.as_str(), &entry.value))
    }

    /// A scalar as text; empty for what is none.
    #[must_use]
    pub fn scalar(&self) -> String {
        match &self.data {
            Data::String(text) | Data::Number(_, text) => text.clone(),
            Data::Bool(value) => value.to_string(),
            Data::Null | Data::List(_) | Data::Map(_) => String::new(),
        }
    }
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.data {
            Data::Null => serializer.serialize_unit(),
            Data::Bool(value) => serializer.serialize_bool(*value),
            Data::Number(number, _) => number.serialize(serializer),
            Data::String(text) => serializer.serialize_str(text),
            Data::List(items) => serializer.collect_seq(items),
            Data::Map(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (key, entry) in entries {
                    map.serialize_entry(key, &entry.value)?;
                }
                map.end()
            }
        }
    }
}
