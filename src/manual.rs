//! What the keys mean, for people and for editors: the JSON Schema of the values, pages about one key or one finding, and the
//! page about all keys.
//!
//! All of it is made of what the house knows anyway: the types of the values with their doc comments, the defaults of the
//! editions, the rules.

mod document;
mod finding;
mod key;
mod page;
mod reference;
mod text;

use serde_json::Value;

use crate::error::Error;
use crate::values::Edition;
use document::Document;

pub use page::Layout;
pub(crate) use text::wrapped;

/// The JSON Schema of the values of an edition: draft 7, whole in itself, with descriptions and defaults.
#[must_use]
pub fn schema(edition: Edition) -> Value {
    Document::of(edition).into_value()
}

/// The page about a key or a finding; about all keys if there is no name.
///
/// # Errors
///
/// There is neither a key nor a finding of that name.
pub fn explain(name: &str, layout: Layout) -> Result<String, Error> {
    finding::finding(name, layout.width).unwrap_or_else(|| page::key(name, layout))
}

/// The page about all keys of an edition, in Markdown.
#[must_use]
pub fn reference(edition: Edition) -> String {
    reference::page(edition)
}
