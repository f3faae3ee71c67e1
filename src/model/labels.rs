//! Labels of objects, in every edition.

use indexmap::IndexMap;

/// Labels of an object.
pub type Labels = IndexMap<String, String>;

/// Labels from pairs of key and value.
pub fn map<const N: usize>(pairs: [(&str, &str); N]) -> Labels {
    pairs.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
}
