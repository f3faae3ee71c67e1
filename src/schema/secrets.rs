//! Which parts of the values are secrets: those whose schema is `writeOnly`.

use std::collections::HashSet;
use std::ops::Range;

use serde_json::Value;

use super::Schema;
use crate::yaml::{Data, Node};

/// The names of keys, by what may be shown of their values.
#[derive(Debug, Default)]
pub(crate) struct KeyNames {
    /// All.
    pub declared: HashSet<String>,
    /// Those whose values hold no secret, wherever they stand.
    pub open: HashSet<String>,
    /// Those whose values are secrets somewhere.
    pub secret: HashSet<String>,
}

impl Schema<'_> {
    /// The byte ranges of everything in a layer of values that is a secret or may be one: the values of secret keys,
    /// and those of keys that do not exist (a secret key misspelt is still a secret).
    #[must_use]
    pub fn secrets(self, node: &Node) -> Vec<Range<usize>> {
        match &node.data {
            Data::Map(entries) if self.takes_maps() && !(self.is_secret() && entries.keys().any(|key| !self.declares(key))) => entries
                .iter()
                .flat_map(|(key, entry)| self.property(key).map_or_else(|| vec![entry.value.span()], |schema| schema.secrets(&entry.value)))
                .collect(),
            _ if self.is_secret() => vec![node.span()],
            Data::List(items) if self.items().is_some() => {
                items.iter().flat_map(|item| self.items().map_or_else(Vec::new, |schema| schema.secrets(item))).collect()
            }
            _ if self.holds_secrets() => vec![node.span()],
            _ => Vec::new(),
        }
    }

    /// The names of all keys that are declared anywhere in the values.
    pub(crate) fn key_names(self) -> KeyNames {
        let mut names = KeyNames::default();
        self.collect_key_names(&mut names);
        names.open.retain(|name| !names.secret.contains(name));
        names
    }

    fn collect_key_names(self, names: &mut KeyNames) {
        for one in self.alternatives().into_iter().filter(|one| !one.is_of_kubernetes()) {
            for (key, _) in one.node["properties"].as_object().into_iter().flatten() {
                let Some(schema) = one.property(key) else { continue };
                names.declared.insert(key.clone());
                if schema.is_secret() {
                    names.secret.insert(key.clone());
                } else if !schema.holds_secrets() {
                    names.open.insert(key.clone());
                }
                schema.collect_key_names(names);
            }
        }
    }

    /// Whether it, or any schema that it offers for a choice, is marked as a secret's.
    pub(crate) fn is_secret(self) -> bool {
        self.secret || self.node.get("writeOnly") == Some(&Value::Bool(true)) || self.choices().into_iter().any(Schema::is_secret)
    }

    /// Whether it takes the text of a secret itself, and not just the name of what holds one.
    pub(crate) fn holds_secret_text(self) -> bool {
        let choices = self.choices();
        let own = choices.is_empty() && self.node.get("writeOnly") == Some(&Value::Bool(true));
        own || choices.into_iter().any(Self::holds_secret_text)
    }

    fn holds_secrets(self) -> bool {
        self.is_secret()
            || self.alternatives().iter().any(|one| {
                let rest = one.node.get("additionalProperties").filter(|rest| rest.is_object()).map(|rest| one.within(rest));
                let keys = one.node["properties"].as_object().into_iter().flatten().filter_map(|(key, _)| one.property(key));
                keys.chain(rest).chain(one.items()).any(Schema::holds_secrets)
            })
    }
}
