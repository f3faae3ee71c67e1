//! The JSON Schema of the values with what depends on the edition: which keys there are, their defaults, and which are old.
//!
//! A default belongs to a path, and a definition stands for many. A definition becomes several where its paths differ.

use serde_json::{Map, Value, json};

use crate::layers;
use crate::schema::{Schema, Types};
use crate::values::{self, Edition};

/// What a reference to a definition begins with.
const DEFINITIONS: &str = "#/definitions/";

/// The document, as far as it is written.
pub(super) struct Document {
    edition: Edition,
    source: Value,
    root: Value,
    definitions: Map<String, Value>,
}

/// A place in the values.
struct Place<'p> {
    /// Its path, without the indexes of lists.
    path: String,
    schema: Option<Schema<'static>>,
    default: Option<&'p Value>,
    /// Whether it is in an item of a list, which may get from elsewhere what it does not say.
    in_list: bool,
}

impl Document {
    /// The document of an edition.
    pub fn of(edition: Edition) -> Self {
        let mut source: Value = serde_json::from_str(values::document()).expect("the build wrote JSON");
        let definitions = source["definitions"].take();
        let root = source;
        let mut document = Self { edition, source: definitions, root: Value::Null, definitions: Map::new() };
        let defaults = serde_json::to_value(layers::defaults(edition)).expect("a tree is JSON");
        let schema = Some(Schema::of(values::schema()));
        let place = Place { path: String::new(), schema, default: Some(&defaults), in_list: false };
        document.root = document.node(&root, &place);
        document.add_kubernetes();
        document
    }

    /// All of it.
    pub fn into_value(self) -> Value {
        let mut whole = Map::new();
        whole.insert("$schema".to_owned(), json!("http://json-schema.org/draft-07/schema#"));
        whole.insert("title".to_owned(), format!("The values of gen for Airflow {}", self.edition.versions()).into());
        whole.extend(self.root.as_object().cloned().unwrap_or_default());
        whole.insert("definitions".to_owned(), self.definitions.into());
        whole.into()
    }

    /// The schema of the whole values.
    pub fn root(&self) -> &Value {
        &self.root
    }

    /// A schema, what it refers to and what it offers for a choice, in that order.
    pub fn forms<'d>(&'d self, node: &'d Value) -> Vec<&'d Value> {
        let choices = ["anyOf", "oneOf"].into_iter().filter_map(|key| node[key].as_array()).flatten();
        let further = self.referred(node).into_iter().chain(choices).flat_map(|below| self.forms(below));
        std::iter::once(node).chain(further).collect()
    }

    /// The definition that a schema refers to.
    fn referred(&self, node: &Value) -> Option<&Value> {
        self.definitions.get(name_of(node)?)
    }

    /// A schema of the source, as it is at a place.
    fn node(&mut self, node: &Value, place: &Place<'_>) -> Value {
        let Value::Object(entries) = node else { return node.clone() };
        let mut written = Map::new();
        for (key, value) in entries {
            let value = match key.as_str() {
                "$ref" => self.reference(node, place),
                "properties" => self.properties(value, place),
                "additionalProperties" => self.node(value, &place.below("*")),
                "items" => self.node(value, &place.item()),
                "anyOf" | "oneOf" => value.as_array().into_iter().flatten().map(|choice| self.node(choice, place)).collect(),
                _ => value.clone(),
            };
            written.insert(key.clone(), value);
        }
        written.into()
    }

    fn properties(&mut self, properties: &Value, place: &Place<'_>) -> Value {
        let mut written = Map::new();
        for (key, property) in properties.as_object().into_iter().flatten() {
            let below = place.below(key);
            if !layers::has_key(self.edition, &below.path) {
                continue;
            }
            let mut property = self.node(property, &below);
            if let Some(default) = below.default_of(self.lists_keys(&property)) {
                property["default"] = default;
            }
            let instead = match place.schema {
                Some(map) if self.edition == Edition::Current => layers::instead(map, &place.path, key),
                _ => Vec::new(),
            };
            if !instead.is_empty() {
                let keys: Vec<String> = instead.iter().map(|key| format!("`{key}`")).collect();
                property["deprecated"] = true.into();
                property["deprecationMessage"] = format!("set {} in its place", keys.join(" or ")).into();
            }
            written.insert(key.clone(), property);
        }
        written.into()
    }

    /// A reference to the definition as it is at a place. Where places differ, the later ones have a number.
    fn reference(&mut self, node: &Value, place: &Place<'_>) -> Value {
        let Some(name) = name_of(node).filter(|name| !is_of_kubernetes(name)) else { return node["$ref"].clone() };
        let source = self.source[name].clone();
        let written = self.node(&source, place);
        let mut names = std::iter::once(name.to_owned()).chain((2..).map(|number| format!("{name}{number}")));
        let is_free = |name: &String| self.definitions.get(name).is_none_or(|known| *known == written);
        let name = names.find(is_free).expect("there is always another number");
        let reference = format!("{DEFINITIONS}{name}").into();
        self.definitions.insert(name, written);
        reference
    }

    /// Whether a written schema lists keys of the values, each of which has its own default.
    fn lists_keys(&self, node: &Value) -> bool {
        let choices = ["anyOf", "oneOf"].into_iter().filter_map(|key| node[key].as_array()).flatten();
        node["properties"].is_object() || choices.chain(self.referred(node)).any(|below| self.lists_keys(below))
    }

    /// The definitions of the Kubernetes API that those of the values refer to, and those that they refer to.
    fn add_kubernetes(&mut self) {
        let mut wanted: Vec<String> = self.definitions.values().chain([&self.root]).flat_map(references).collect();
        while let Some(name) = wanted.pop() {
            if !self.definitions.contains_key(&name) {
                let node = self.source[&name].take();
                wanted.extend(references(&node));
                self.definitions.insert(name, node);
            }
        }
        self.definitions.sort_keys();
    }
}

impl Place<'_> {
    fn below(&self, key: &str) -> Self {
        let path = if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) };
        let schema = self.schema.and_then(|schema| schema.property(key));
        Self { path, schema, default: self.default.and_then(|default| default.get(key)), in_list: self.in_list }
    }

    fn item(&self) -> Self {
        Self { path: self.path.clone(), schema: self.schema.and_then(Schema::items), default: None, in_list: true }
    }

    /// The default of what is here, unless each key of it has its own.
    fn default_of(&self, lists_keys: bool) -> Option<Value> {
        let is_false = || !self.in_list && self.schema.is_some_and(|Schema(form)| form.types == Types::BOOLEAN && !form.takes_null);
        match self.default {
            Some(Value::Object(_)) if lists_keys => None,
            Some(default) => Some(default.clone()),
            None => is_false().then(|| false.into()),
        }
    }
}

/// The name of the definition that a schema refers to.
fn name_of(node: &Value) -> Option<&str> {
    node["$ref"].as_str()?.strip_prefix(DEFINITIONS)
}

/// Whether a definition is the Kubernetes API's: its name has the dots of an API.
fn is_of_kubernetes(name: &str) -> bool {
    name.contains('.')
}

/// The names of the definitions that a schema refers to.
fn references(node: &Value) -> Vec<String> {
    match node {
        Value::Object(entries) => {
            let own = name_of(node).map(str::to_owned);
            own.into_iter().chain(entries.values().flat_map(references)).collect()
        }
        Value::Array(items) => items.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
}
