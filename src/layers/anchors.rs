//! Keys that are there for their anchors: what stands below them counts where an alias names it.

use std::collections::HashSet;

use crate::yaml::{Data, Node};

/// Where nodes begin whose anchors an alias names: the number of the text, and the byte in it.
pub type Aliased = HashSet<(usize, usize)>;

/// Whether aliases name what a key holds. Of a key that says that it is an extension (`x-...`), one part is enough; of all others
/// every part has to be named.
pub fn hold(key: &str, node: &Node, aliased: &Aliased) -> bool {
    if key.starts_with("x-") { any(node, aliased) } else { all(node, aliased) }
}

fn is_named(node: &Node, aliased: &Aliased) -> bool {
    node.origin.is_some_and(|origin| aliased.contains(&(origin.layer(), origin.span().start)))
}

fn any(node: &Node, aliased: &Aliased) -> bool {
    is_named(node, aliased) || below(node).any(|node| any(node, aliased))
}

fn all(node: &Node, aliased: &Aliased) -> bool {
    is_named(node, aliased) || below(node).next().is_some() && below(node).all(|node| all(node, aliased))
}

fn below(node: &Node) -> Box<dyn Iterator<Item = &Node> + '_> {
    match &node.data {
        Data::Map(entries) => Box::new(entries.values().map(|entry| &entry.value)),
        Data::List(items) => Box::new(items.iter()),
        _ => Box::new(std::iter::empty()),
    }
}
