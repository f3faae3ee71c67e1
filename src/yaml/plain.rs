//! Plain data as a tree.

use serde::Serialize;

use super::{Node, read};

/// Plain data as a tree that nobody wrote.
///
/// # Panics
///
/// Never, for data that JSON has a notation for.
#[must_use]
pub fn plain(data: &impl Serialize) -> Node {
    let text = serde_json::to_string(data).expect("plain data is JSON");
    let tree = read(&text, 0).ok().and_then(|mut documents| documents.pop());
    tree.expect("JSON is YAML").unwritten()
}
