//! What a tree has to look like: JSON Schema, as far as the values' types and Kubernetes' API use it.
//!
//! The schema of the values is made from their Rust types; that of the manifests is the Kubernetes API itself
//! (`schema/kubernetes.json`, made from k8s-openapi by `tests/kubernetes_schema.rs`). Where Kubernetes defines a part
//! of the values, the first refers to the second. One walk finds everything that is wrong, not just the first.

mod fault;
mod keys;
mod path;
mod secrets;

use std::sync::LazyLock;

use regex_lite::Regex;
use serde_json::Value;

use crate::yaml::{Data, Map, Node};
pub use fault::{Fault, nearest};
pub use path::{Path, Step};
pub(crate) use secrets::KeyNames;

/// The Kubernetes API: `definitions` by name, and the definition of each `kinds` entry (`apps/v1/Deployment`).
static KUBERNETES: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(include_str!("schema/kubernetes.json")).expect("the embedded schema is JSON"));

/// What marks a reference to a definition of the Kubernetes API inside the schema of the values.
pub const KUBERNETES_REF: &str = "kubernetes:";

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

    /// Everything in `node` that the schema does not allow.
    #[must_use]
    pub fn check(self, node: &Node) -> Vec<Finding> {
        let mut findings = Vec::new();
        self.walk(node, &mut Path::default(), &mut findings);
        findings
    }

    /// Takes the entries out of a tree that are `null`: a key that the schema declares returns to its default, an entry
    /// of a free map goes. Where a free map takes `null` itself (`config.core.load_examples: null`) it stays.
    pub fn drop_nulls(self, node: &mut Node) {
        match &mut node.data {
            Data::Map(entries) => {
                entries.retain(|key, entry| {
                    let takes_null = self.property(key).is_none_or(|schema| schema.types().contains(&"null"));
                    !entry.value.is_null() || takes_null && !self.declares(key)
                });
                for (key, entry) in entries {
                    if let Some(schema) = self.property(key) {
                        schema.drop_nulls(&mut entry.value);
                    }
                }
            }
            Data::List(items) => {
                for item in items {
                    if let Some(schema) = self.items() {
                        schema.drop_nulls(item);
                    }
                }
            }
            _ => {}
        }
    }

    /// Whether it is the Kubernetes API's and not the values'.
    fn is_of_kubernetes(self) -> bool {
        self.root.get("kinds").is_some()
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

    fn declares(self, key: &str) -> bool {
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

    fn items(self) -> Option<Self> {
        self.alternatives().into_iter().find_map(|one| one.node.get("items").map(|node| one.within(node)))
    }

    fn walk(self, node: &Node, path: &mut Path, findings: &mut Vec<Finding>) {
        let alternatives = self.alternatives();
        let constants: Vec<&str> = alternatives.iter().filter_map(|one| one.node.get("const").and_then(Value::as_str)).collect();
        if !constants.is_empty() && constants.len() == alternatives.len() {
            return check_variant(node, &constants, path, findings);
        }
        let fitting: Vec<Self> = alternatives.iter().copied().filter(|one| fits(node, &one.types())).collect();
        if fitting.is_empty() {
            let expected = fault::list(&alternatives.iter().flat_map(|one| one.describe()).collect::<Vec<_>>(), "or");
            let bare =
                matches!(node.data, Data::Bool(_) | Data::Number(..)) && alternatives.iter().any(|one| one.types().contains(&"string"));
            findings.push(Finding { path: path.clone(), fault: Fault::WrongType { expected, found: node.kind(), bare } });
            return;
        }
        let mut first = None;
        for one in fitting {
            let mut found = Vec::new();
            one.check_one(node, path, &mut found);
            if found.is_empty() {
                return;
            }
            first.get_or_insert(found);
        }
        if self.is_secret() && node.as_map().is_some() {
            // Not even its keys are told: the secret may have become one, by a slip of braces.
            let expected = fault::list(&alternatives.iter().flat_map(|one| one.describe()).collect::<Vec<_>>(), "or");
            return findings.push(Finding { path: path.clone(), fault: Fault::Malformed { expected } });
        }
        findings.extend(first.unwrap_or_default());
    }

    /// What it takes, in words.
    fn describe(self) -> Vec<String> {
        if let Some(expected) = self.node.get("x-expected").and_then(Value::as_str) {
            return vec![expected.to_owned()];
        }
        let types = self.types();
        types.iter().filter(|name| **name != "null").map(|name| fault::type_in_words(name).to_owned()).collect()
    }

    fn check_one(self, node: &Node, path: &mut Path, findings: &mut Vec<Finding>) {
        match &node.data {
            Data::Map(entries) => self.check_map(entries, path, findings),
            Data::List(items) => {
                let Some(schema) = self.items() else { return };
                for (index, item) in items.iter().enumerate() {
                    path.within(Step::Index(index), |path| schema.walk(item, path, findings));
                }
            }
            Data::String(text) => self.check_text(text, path, findings),
            Data::Number(number, text) => {
                if self.node.get("x-exact").is_some() && number.to_string() != *text {
                    findings.push(Finding { path: path.clone(), fault: Fault::Respelt });
                }
                let value = number.as_f64().unwrap_or_default();
                let bound = |key: &str| self.node.get(key).and_then(Value::as_f64);
                let (least, most) = (bound("minimum"), bound("maximum"));
                if least.is_some_and(|least| value < least) || most.is_some_and(|most| value > most) {
                    findings.push(Finding { path: path.clone(), fault: Fault::OutOfRange { least, most } });
                }
            }
            Data::Null | Data::Bool(_) => {}
        }
    }

    fn check_text(self, text: &str, path: &Path, findings: &mut Vec<Finding>) {
        if let Some(variants) = self.node.get("enum").and_then(Value::as_array) {
            let variants: Vec<&str> = variants.iter().filter_map(Value::as_str).collect();
            if !variants.contains(&text) {
                findings.push(Finding { path: path.clone(), fault: Fault::variant(text, &variants) });
            }
        }
        let too_long = self.node.get("maxLength").and_then(Value::as_u64).is_some_and(|most| text.len() as u64 > most);
        let matches = self.node.get("pattern").and_then(Value::as_str).is_none_or(|pattern| matches(pattern, text));
        if too_long || !matches {
            let expected = self.describe().into_iter().next().unwrap_or_else(|| "another text".to_owned());
            findings.push(Finding { path: path.clone(), fault: Fault::Malformed { expected } });
        }
    }

    fn check_map(self, entries: &Map, path: &mut Path, findings: &mut Vec<Finding>) {
        let known = || self.node["properties"].as_object().into_iter().flatten().map(|(key, _)| key.as_str());
        for (key, entry) in entries {
            if let Some(names) = self.node.get("propertyNames") {
                let mut found = Vec::new();
                path.within(Step::Key(key.clone()), |path| self.within(names).check_text(key, path, &mut found));
                findings.extend(found.into_iter().map(|finding| Finding { fault: finding.fault.of_key(), ..finding }));
            }
            let closed = self.node.get("additionalProperties") == Some(&Value::Bool(false));
            match self.property(key) {
                Some(schema) => path.within(Step::Key(key.clone()), |path| schema.walk(&entry.value, path, findings)),
                None if closed => {
                    let fault = Fault::unknown_key(key, known());
                    path.within(Step::Key(key.clone()), |path| findings.push(Finding { path: path.clone(), fault }));
                }
                None => {}
            }
        }
        for key in self.node["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if !entries.contains_key(key) {
                findings.push(Finding { path: path.clone(), fault: Fault::Missing { key: key.to_owned() } });
            }
        }
    }
}

/// Whether a node is of one of the JSON types.
fn fits(node: &Node, types: &[&str]) -> bool {
    types.is_empty()
        || types.iter().any(|name| match &node.data {
            Data::Null => *name == "null",
            Data::Bool(_) => *name == "boolean",
            Data::Number(number, _) => *name == "number" || *name == "integer" && !number.is_f64(),
            Data::String(_) => *name == "string",
            Data::List(_) => *name == "array",
            Data::Map(_) => *name == "object",
        })
}

fn check_variant(node: &Node, variants: &[&str], path: &Path, findings: &mut Vec<Finding>) {
    let fault = match node.as_str() {
        Some(text) if variants.contains(&text) => return,
        Some(text) => Fault::variant(text, variants),
        None => Fault::WrongType { expected: fault::choice(variants), found: node.kind(), bare: false },
    };
    findings.push(Finding { path: path.clone(), fault });
}

/// Whether a text matches a pattern of a schema.
pub(crate) fn matches(pattern: &str, text: &str) -> bool {
    Regex::new(pattern).expect("the patterns of a schema are valid").is_match(text)
}
