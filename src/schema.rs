//! What a tree has to look like: JSON Schema, as far as the values' types and Kubernetes' API use it.
//!
//! The schema of the values is made from their Rust types; that of the manifests is the Kubernetes API itself. Both are data
//! of the program when it starts: `build/schema.rs` writes them. Where Kubernetes defines a part of the values, the first
//! refers to the second. One walk finds everything that is wrong, not just the first.

mod address;
mod airflow;
mod airflow_cfg;
mod check;
mod fault;
mod form;
mod judged;
mod kept;
mod keys;
mod kind;
pub(crate) mod kubernetes;
mod later;
mod merge;
#[cfg(test)]
pub(crate) mod of_types;
mod path;
mod pattern;
mod quantity;
mod rules;
mod secret_entries;
mod secret_words;
mod secrets;
mod trace;
mod unsaid;

use crate::yaml::{Data, Node};
pub(crate) use address::is_of_former_form;
pub use airflow::{Airflow, Name, Standing};
pub use airflow_cfg::{Said, options_of};
pub(crate) use fault::is_near;
pub use fault::{Fault, nearest};
pub use form::Form;
pub(crate) use form::{Later, Property, Rest, Secret, Types};
pub(crate) use judged::{SOURCE_RANGES, asked_node_ports, is_priority_of_system, is_whole, keeps_data_source};
pub use kind::{Kind, Stranger};
pub use merge::Merge;
pub(crate) use path::Trail;
pub use path::{Path, Step};
pub(crate) use pattern::Pattern;
pub(crate) use quantity::billionths;
pub(crate) use secret_entries::{is_own_secret, is_secret_argument, is_secret_entry};
pub(crate) use secret_words::{ends_as_secret, gives_secret, is_secret_option, logs_in, says_secret, sounds_secret, tells_secret};
pub(crate) use secrets::{KeyNames, is_text_with_secrets};
pub(crate) use trace::sources_of;
pub use unsaid::read_as_api_server;

/// What marks a reference to a definition of the Kubernetes API inside the schema of the values.
pub const KUBERNETES_REF: &str = "kubernetes:";

/// What marks, in the schema of the values, a whole object of Kubernetes or a patch of one: of what is within it only what
/// names things is sure to be no secret.
pub const OBJECT: &str = "x-object";

/// What marks, in the schema of the values, what is a secret only by its name: options of airflow.cfg.
pub const FREE: &str = "x-secret-by-name";

/// What `null` means as the value of a key that the schema declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Null {
    /// The key returns to its default.
    IsDefault,
    /// The key has no value if it can do without one; otherwise it returns to its default.
    IsNothing,
}

/// Something in a tree that its schema does not allow.
#[derive(Debug)]
pub struct Finding {
    /// Where in the tree.
    pub path: Path,
    /// What.
    pub fault: Fault,
}

/// A schema: a [`Form`], and what can be asked of it.
#[derive(Clone, Copy, Debug)]
pub struct Schema<'s>(pub(crate) &'s Form);

impl<'s> Schema<'s> {
    /// The schema of a form.
    #[must_use]
    pub fn of(form: &'s Form) -> Self {
        Self(form)
    }

    /// The schema of a kind, if it is known.
    #[must_use]
    pub fn of_kind(api_version: &str, kind: &str) -> Option<Schema<'static>> {
        Kind::find(api_version, kind).ok()?.schema
    }

    /// Takes the entries out of a tree that are `null`, see [`Null`]. Where a free map takes `null` itself
    /// (`config.core.load_examples: null`) it stays.
    pub fn drop_nulls(self, node: &mut Node, null: Null) {
        match &mut node.data {
            Data::Map(entries) => {
                entries.retain(|key, entry| {
                    !entry.value.is_null()
                        || self.property(key).is_none_or(Schema::takes_null) && (null == Null::IsNothing || !self.declares(key))
                });
                for (key, entry) in entries {
                    if let Some(schema) = self.property(key) {
                        schema.drop_nulls(&mut entry.value, null);
                    }
                }
            }
            Data::List(items) => {
                let Some(schema) = self.items() else { return };
                for item in items {
                    schema.drop_nulls(item, null);
                }
            }
            _ => {}
        }
    }

    /// The new names of a key; none if its name is not old.
    pub(crate) fn instead(self, key: &str) -> &'static [&'static str] {
        self.declared(key).map(|property| property.instead).unwrap_or_default()
    }

    /// Whether it lists keys of the values' own, each of which counts by itself.
    pub(crate) fn lists_keys(self) -> bool {
        self.alternatives().any(|one| !one.0.of_kubernetes && !one.0.properties.is_empty())
    }

    fn takes_null(self) -> bool {
        self.0.takes_null
    }

    /// Whether its strings are taken as they stand: no Go templates are resolved in them.
    pub(crate) fn is_verbatim(self) -> bool {
        self.alternatives().any(|one| one.0.marks.contains(&"x-verbatim"))
    }

    /// Whether it, or any schema that it offers for a choice, has a mark of the values' own.
    pub(crate) fn is_marked(self, mark: &str) -> bool {
        self.0.marks.contains(&mark) || self.0.choices.iter().any(|one| one.is_marked(mark))
    }

    /// The schemas that it offers for a choice, or itself if it offers none. `null` is not listed: it was dropped.
    fn alternatives(self) -> impl Iterator<Item = Self> + Clone {
        let own = self.0.alternatives.is_empty().then_some(self);
        own.into_iter().chain(self.0.alternatives.iter().copied())
    }

    /// Whether Kubernetes says what it is, or any schema that it offers for a choice.
    pub(crate) fn is_of_kubernetes(self) -> bool {
        self.alternatives().any(|one| one.0.of_kubernetes)
    }

    /// Whether it takes nodes of this type, whatever stands in them.
    pub(crate) fn takes_type_of(self, node: &Node) -> bool {
        self.alternatives().any(|one| one.takes(check::types_of(node)))
    }

    fn takes_maps(self) -> bool {
        self.alternatives().any(|one| one.0.types.is_any() || one.0.types.meet(Types::OBJECT))
    }

    pub(crate) fn declares(self, key: &str) -> bool {
        self.declared(key).is_some()
    }

    fn declared(self, key: &str) -> Option<&'static Property> {
        self.alternatives().find_map(|one| one.0.property(key))
    }

    /// The schema of the value of a key.
    pub(crate) fn property(self, key: &str) -> Option<Schema<'static>> {
        self.alternatives().find_map(|one| match (one.0.property(key), &one.0.rest) {
            (Some(property), _) => Some(property.schema),
            (None, Rest::Like(rest)) => Some(*rest),
            (None, Rest::Open | Rest::Closed) => None,
        })
    }

    pub(crate) fn items(self) -> Option<Schema<'static>> {
        self.alternatives().find_map(|one| one.0.items)
    }
}
