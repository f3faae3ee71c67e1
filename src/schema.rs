//! What a tree has to look like: JSON Schema, as far as the values' types and Kubernetes' API use it.
//!
//! The schema of the values is made from their Rust types; that of the manifests is the Kubernetes API itself
//! (`schema/kubernetes.json`, made from k8s-openapi by `tests/kubernetes_schema.rs`). Where Kubernetes defines a part
//! of the values, the first refers to the second. One walk finds everything that is wrong, not just the first.

mod check;
mod fault;
mod keys;
mod path;
mod secrets;

use std::sync::LazyLock;

use serde_json::Value;

use crate::yaml::{Data, Node};
pub(crate) use check::matches;
pub use fault::{Fault, nearest};
pub use path::{Path, Step};
pub(crate) use secrets::KeyNames;

/// The Kubernetes API: `definitions` by name, and the definition of each `kinds` entry (`apps/v1/Deployment`).
static KUBERNETES: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(include_str!("schema/kubernetes.json")).expect("the embedded schema is JSON"));

/// What marks a reference to a definition of the Kubernetes API inside the schema of the values.
pub const KUBERNETES_REF: &str = "kubernetes:";

/// What `null` means as the value of a key that the schema declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Null {
    /// The key returns to its default.
    IsDefault,
    /// The key has no value, where it can be without; where it cannot, it returns to its default.
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

/// A schema, within the document that its references are relative to.
#[derive(Clone, Copy)]
pub struct Schema<'s> {
    node: &'s Value,
    root: &'s Value,
    /// Whether a reference to it says that it is a secret's.
    secret: bool,
}

impl<'s> Schema<'s> {
    /// The schema that a whole document describes.
    #[must_use]
    pub fn of(document: &'s Value) -> Self {
        Self { node: document, root: document, secret: false }.resolved()
    }

    /// The Kubernetes API's schema of a kind, if the embedded one has it.
    #[must_use]
    pub fn of_kind(api_version: &str, kind: &str) -> Option<Schema<'static>> {
        let name = KUBERNETES["kinds"].get(format!("{api_version}/{kind}"))?.as_str()?;
        Some(Schema { node: &KUBERNETES["definitions"][name], root: &KUBERNETES, secret: false })
    }

    /// Takes the entries out of a tree that are `null`, see [`Null`]. Where a free map takes `null` itself
    /// (`config.core.load_examples: null`) it stays.
    pub fn drop_nulls(self, node: &mut Node, null: Null) {
        match &mut node.data {
            Data::Map(entries) => {
                entries.retain(|key, entry| {
                    let takes_null = self.property(key).is_none_or(Self::takes_null);
                    !entry.value.is_null() || takes_null && (null == Null::IsNothing || !self.declares(key))
                });
                for (key, entry) in entries {
                    if let Some(schema) = self.property(key) {
                        schema.drop_nulls(&mut entry.value, null);
                    }
                }
            }
            Data::List(items) => {
                for item in items {
                    if let Some(schema) = self.items() {
                        schema.drop_nulls(item, null);
                    }
                }
            }
            _ => {}
        }
    }

    /// What takes the place of a key that has an old name; nothing, if it has not.
    pub(crate) fn instead(self, key: &str) -> Vec<&'s str> {
        let property = self.alternatives().into_iter().find_map(|one| one.node["properties"].get(key));
        let instead = property.and_then(|property| property.get("x-instead")).and_then(Value::as_array);
        instead.into_iter().flatten().filter_map(Value::as_str).collect()
    }

    fn takes_null(self) -> bool {
        let choices = self.node.get("anyOf").or_else(|| self.node.get("oneOf")).and_then(Value::as_array);
        self.types().contains(&"null") || choices.into_iter().flatten().any(|choice| self.within(choice).types().contains(&"null"))
    }

    /// Whether a string of it is taken as it stands, without a look for Go templates.
    pub(crate) fn is_verbatim(self) -> bool {
        self.alternatives().iter().any(|one| one.node.get("x-verbatim").is_some())
    }

    /// Whether it is the Kubernetes API's and not the values'.
    fn is_of_kubernetes(self) -> bool {
        self.root.get("kinds").is_some()
    }

    /// Whether it, or any schema that it offers for a choice, has a mark of the values' own.
    pub(crate) fn is_marked(self, mark: &str) -> bool {
        self.node.get(mark).is_some() || self.choices().into_iter().any(|one| one.is_marked(mark))
    }

    fn within(self, node: &'s Value) -> Self {
        Self { node, root: self.root, secret: false }.resolved()
    }

    fn resolved(mut self) -> Self {
        while let Some(reference) = self.node.get("$ref").and_then(Value::as_str) {
            self.secret |= self.node.get("writeOnly") == Some(&Value::Bool(true));
            if let Some(name) = reference.strip_prefix(KUBERNETES_REF) {
                (self.node, self.root) = (&KUBERNETES["definitions"][name], &KUBERNETES);
            } else {
                self.node = self.root.pointer(reference.trim_start_matches('#')).expect("references of a schema resolve");
            }
        }
        self
    }

    /// The schemas of which any may apply; itself, where there is no choice. `null` is not listed: it was dropped.
    fn alternatives(self) -> Vec<Self> {
        let choices = self.choices();
        if choices.is_empty() { vec![self] } else { choices.into_iter().flat_map(Self::alternatives).collect() }
    }

    /// The schemas that it offers for a choice, as they are written; none, where there is no choice.
    fn choices(self) -> Vec<Self> {
        let choices = self.node.get("anyOf").or_else(|| self.node.get("oneOf")).and_then(Value::as_array);
        let choices = choices.into_iter().flatten().map(|choice| self.within(choice));
        choices.filter(|choice| choice.types() != ["null"]).collect()
    }

    /// The JSON types that it takes; none stands for all.
    fn types(self) -> Vec<&'s str> {
        if self.node.get("x-kubernetes-int-or-string").is_some() {
            return vec!["integer", "string"];
        }
        match self.node.get("type") {
            Some(Value::String(name)) => vec![name],
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
            _ if self.node.get("const").is_some() => vec!["string"],
            _ => Vec::new(),
        }
    }

    fn takes_maps(self) -> bool {
        self.alternatives().iter().any(|one| one.types().is_empty() || one.types().contains(&"object"))
    }

    pub(crate) fn declares(self, key: &str) -> bool {
        self.alternatives().iter().any(|one| one.node["properties"].get(key).is_some())
    }

    /// The schema of the value of a key.
    pub(crate) fn property(self, key: &str) -> Option<Self> {
        self.alternatives().into_iter().find_map(|one| {
            one.node["properties"]
                .get(key)
                .or_else(|| one.node.get("additionalProperties").filter(|rest| rest.is_object()))
                .map(|node| one.within(node))
        })
    }

    pub(crate) fn items(self) -> Option<Self> {
        self.alternatives().into_iter().find_map(|one| one.node.get("items").map(|node| one.within(node)))
    }
}
