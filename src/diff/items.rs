//! What tells the items of a list apart.

use std::collections::HashSet;

use crate::schema::{Merge, Schema};
use crate::yaml::Node;

/// The keys by which the items of lists are told apart where nobody says one: as in texts of YAML, in kinds that are not known, and of
/// objects.
const NAMES: [&str; 2] = ["name", "metadata.name"];

/// The key by which the items of these lists are told apart: the one by which Kubernetes merges them, if each item has a value of
/// its own there; none if they are told apart by their places.
pub fn key(lists: &[&[Node]], schema: Option<Schema<'_>>) -> Option<&'static str> {
    let key = match schema.map(Schema::merge) {
        Some(Merge::ByKey(key)) => key,
        Some(Merge::AsSet) => return None,
        Some(Merge::Replace) | None => NAMES.into_iter().find(|key| lists.iter().all(|list| is_unique(list, key)))?,
    };
    lists.iter().all(|list| is_unique(list, key)).then_some(key)
}

/// Whether each item of a list has a scalar of its own at a key.
fn is_unique(list: &[Node], key: &str) -> bool {
    let mut seen = HashSet::new();
    list.iter().all(|item| Some(name(item, key)).is_some_and(|name| !name.is_empty() && seen.insert(name)))
}

/// What an item is called by a key.
pub fn name(item: &Node, key: &str) -> String {
    key.split('.').try_fold(item, |node, key| node.get(key)).map(Node::scalar).unwrap_or_default()
}
