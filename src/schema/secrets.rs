//! Which parts of the values are secrets: those whose schema is `writeOnly`.

use std::collections::HashSet;
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
            Data::Map(entries) if self.takes_maps() && !(self.is_secret() && entries.keys().any(|key| !self.declares(key))) => entries
                .iter()
                .flat_map(|(key, entry)| {
                    self.property(key).map_or_else(|| vec![entry.value.origin.span.clone()], |schema| schema.secrets(&entry.value))
                })
                .collect(),
            _ if self.is_secret() => vec![node.origin.span.clone()],
            Data::List(items) if self.items().is_some() => {
                items.iter().flat_map(|item| self.items().map_or_else(Vec::new, |schema| schema.secrets(item))).collect()
            }
            _ if self.holds_secrets() => vec![node.origin.span.clone()],
            _ => Vec::new(),
        }
    }

    /// The names of all keys that are declared anywhere: those that hold no secret, and those that are one.
    pub(crate) fn key_names(self) -> (HashSet<String>, HashSet<String>) {
        let (mut open, mut secret) = (HashSet::new(), HashSet::new());
        self.collect_key_names(&mut open, &mut secret);
        open.retain(|name| !secret.contains(name));
        (open, secret)
    }

    fn collect_key_names(self, open: &mut HashSet<String>, secret: &mut HashSet<String>) {
        for one in self.alternatives().into_iter().filter(|one| !one.is_of_kubernetes()) {
            for (key, _) in one.node["properties"].as_object().into_iter().flatten() {
                let Some(schema) = one.property(key) else { continue };
                if schema.is_secret() {
                    secret.insert(key.clone());
                } else if !schema.holds_secrets() {
                    open.insert(key.clone());
                }
                schema.collect_key_names(open, secret);
            }
        }
    }

    /// Whether it, or any schema that it offers for a choice, is marked as a secret's.
    pub(super) fn is_secret(self) -> bool {
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
