//! Which parts of the values are secrets: those whose schema is `writeOnly`.

use std::ops::Range;

use serde_json::Value;

use super::Schema;
use crate::yaml::{Data, Node};

impl Schema<'_> {
    /// The byte ranges of everything in a layer of values that is a secret or may be one: the values of secret keys,
    /// and those of keys that do not exist (a secret key misspelt is still a secret).
    #[must_use]
    pub fn secrets(self, node: &Node) -> Vec<Range<usize>> {
        match &node.data {
            Data::Map(entries) if self.takes_maps() => entries
                .iter()
                .flat_map(|(key, entry)| {
                    self.property(key).map_or_else(|| vec![entry.value.origin.span.clone()], |schema| schema.secrets(&entry.value))
                })
                .collect(),
            // A map in the place of a secret is a placeholder; its text may be shown.
            _ if self.is_secret() => vec![node.origin.span.clone()],
            Data::List(items) if self.items().is_some() => {
                items.iter().flat_map(|item| self.items().map_or_else(Vec::new, |schema| schema.secrets(item))).collect()
            }
            _ if self.holds_secrets() => vec![node.origin.span.clone()],
            _ => Vec::new(),
        }
    }

    /// The names of all keys, anywhere, whose values are secrets.
    ///
    /// # Panics
    ///
    /// Never: it asks for keys that are listed.
    #[must_use]
    pub fn secret_names(self) -> Vec<String> {
        let mut names = Vec::new();
        for one in self.alternatives().into_iter().filter(|one| !one.is_of_kubernetes()) {
            for (key, _) in one.node["properties"].as_object().into_iter().flatten() {
                let schema = one.property(key).expect("it is listed");
                if schema.is_secret() {
                    names.push(key.clone());
                } else {
                    names.extend(schema.secret_names());
                }
            }
        }
        names
    }

    /// Whether it, or any schema that it offers for a choice, is marked as a secret's.
    fn is_secret(self) -> bool {
        self.node.get("writeOnly") == Some(&Value::Bool(true)) || self.choices().into_iter().any(Schema::is_secret)
    }

    fn holds_secrets(self) -> bool {
        self.is_secret()
            || self.alternatives().iter().any(|one| {
                one.node["properties"]
                    .as_object()
                    .into_iter()
                    .flatten()
                    .any(|(key, _)| one.property(key).is_some_and(Schema::holds_secrets))
            })
    }
}
