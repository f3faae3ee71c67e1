//! What must not be shown of objects: the values of Secrets, wherever they stand.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::intake;
use crate::schema::{is_secret_argument, is_secret_entry};
use crate::yaml::{Data, Node};

/// The shortest value of a Secret that is looked for within longer texts: shorter ones occur by chance.
const SHORTEST: usize = 6;

/// The values of Secrets.
#[derive(Debug, Default)]
pub struct Hidden(BTreeSet<String>);

impl Hidden {
    /// The values of the Secrets among objects.
    pub fn of<'n>(objects: impl IntoIterator<Item = &'n Node>) -> Self {
        let mut values = BTreeSet::new();
        for object in objects.into_iter().filter(|object| object.text(&["kind"]) == Some("Secret")) {
            let decoded = |text: &str| String::from_utf8(STANDARD.decode(text).ok()?).ok();
            values.extend(object.entries(&["data"]).filter_map(|(_, node)| decoded(node.as_str()?)));
            values.extend(object.entries(&["stringData"]).map(|(_, node)| node.scalar()));
        }
        values.remove("");
        Self(values)
    }

    /// Whether a text is a secret, or has one in it, or says by its own form that it does: a password in an address.
    pub fn is_in(&self, text: &str) -> bool {
        self.0.contains(text)
            || self.0.iter().any(|secret| secret.len() >= SHORTEST && text.contains(secret.as_str()))
            || intake::has_secret(text)
    }

    /// Whether an item of a list is a secret, or has one in it.
    pub fn is_item(&self, items: &[Node], index: usize) -> bool {
        is_secret_argument(items, index) || self.is_within(&items[index])
    }

    /// Whether a tree has a text that is a secret or has one in it.
    pub fn is_within(&self, node: &Node) -> bool {
        match &node.data {
            Data::Map(entries) => entries.iter().any(|(key, entry)| is_secret_entry(node, key) || self.is_within(&entry.value)),
            Data::List(items) => (0..items.len()).any(|index| self.is_item(items, index)),
            _ => self.is_in(&node.scalar()),
        }
    }
}
