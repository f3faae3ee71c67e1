//! What the keys mean, for people and for editors: the JSON Schema of the values, and pages about one key or one finding.
//!
//! All of it is made of what the house knows anyway: the types of the values with their doc comments, the defaults of the
//! editions, the rules.

mod document;

use serde_json::Value;

use crate::values::Edition;
use document::Document;

/// The JSON Schema of the values of an edition: draft 7, whole in itself, with descriptions and defaults.
#[must_use]
pub fn schema(edition: Edition) -> Value {
    Document::of(edition).into_value()
}
