//! What a YAML document says, as data that is ready when the program starts: `build/defaults.rs` writes it.

use serde_json::Number;

use crate::yaml::{Data, Entry, Node};

/// A node of the document.
pub(super) enum Tree {
    Bool(bool),
    Integer(i64),
    String(&'static str),
    List(&'static [Tree]),
    /// The keys and their values, in the order in which they stand in the document.
    Map(&'static [(&'static str, Tree)]),
}

impl Tree {
    /// The same as a tree that no user wrote.
    pub(super) fn node(&self) -> Node {
        Node::new(match self {
            Self::Bool(value) => Data::Bool(*value),
            Self::Integer(number) => Data::Number(Number::from(*number), number.to_string()),
            Self::String(text) => Data::String((*text).to_owned()),
            Self::List(items) => Data::List(items.iter().map(Self::node).collect()),
            Self::Map(entries) => {
                let entry = |(key, value): &(&str, Self)| ((*key).to_owned(), Entry { key: None, value: value.node() });
                Data::Map(entries.iter().map(entry).collect())
            }
        })
    }
}
