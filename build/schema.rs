//! JSON Schema as Rust: each schema becomes a `static` of the type `Form`, with its references resolved.
//!
//! `src/schema/form.rs` says what each field means. Neither document refers to itself, so a schema is written after all
//! that it refers to; schemas that say the same are one.

use std::collections::HashMap;
use std::fmt::Write as _;

use serde_json::Value;

use super::{pattern, rules};

/// The names of the JSON types in the order in which `Types` counts and messages list them.
const TYPES: [&str; 7] = ["null", "integer", "string", "number", "boolean", "array", "object"];

/// What marks a reference of the values' schema to a definition of the Kubernetes API.
const KUBERNETES_REF: &str = "kubernetes:";

/// The Rust text of both documents.
pub struct Schemas {
    /// The Kubernetes API's: its `static`s, and `KINDS`.
    pub kubernetes: String,
    /// The values': its `static`s, and `VALUES`.
    pub values: String,
    /// The values' strings of a certain form, by the names of their types: `TEXTS`.
    pub texts: String,
}

impl Schemas {
    pub fn of(mut kubernetes: Value, foreign: &Value, values: &Value) -> Self {
        add(&mut kubernetes, foreign);
        let documents = Documents { kubernetes: &kubernetes, values };
        let mut writer = Writer { documents, kubernetes: Text::default(), values: Text::default() };
        let mut kinds = String::new();
        for (name, kind) in kubernetes["kinds"].as_object().expect("the kinds are a map") {
            let (api_version, name) = name.rsplit_once('/').expect("a kind is of an API");
            let definition = kind.get("definition").and_then(Value::as_str);
            let schema = definition.map(|definition| writer.schema(documents.kubernetes(definition)));
            let schema = schema.map_or("None".to_owned(), some);
            let (cluster, origin) = (is_true(kind, "cluster"), kind.get("from").and_then(Value::as_str));
            let fields =
                format!("api_version: {api_version:?}, name: {name:?}, schema: {schema}, of_cluster: {cluster}, origin: {origin:?}");
            writeln!(kinds, "    Kind {{ {fields} }},").expect("a string takes all");
        }
        let root = writer.schema(Place { node: values, of_kubernetes: false, referred: false });
        let kinds = format!("\npub(super) static KINDS: &[Kind] = &[\n{kinds}];\n");
        let mut texts = String::new();
        let definitions = values["$defs"].as_object().expect("the definitions are a map");
        for (name, node) in definitions.iter().filter(|(_, node)| node.get("pattern").is_some()) {
            let schema = writer.schema(Place { node, of_kubernetes: false, referred: false });
            writeln!(texts, "    ({name:?}, {schema}),").expect("a string takes all");
        }
        let texts = format!("\nstatic TEXTS: &[(&str, Schema<'static>)] = &[\n{texts}];\n");
        let root = format!("\nstatic VALUES: Schema<'static> = {root};\n");
        Self { kubernetes: writer.kubernetes.written + &kinds, values: writer.values.written + &root, texts }
    }
}

/// Adds the kinds and definitions of another document.
fn add(kubernetes: &mut Value, foreign: &Value) {
    for part in ["kinds", "definitions"] {
        let more = foreign[part].as_object().expect("it is a map").clone();
        kubernetes[part].as_object_mut().expect("it is a map").extend(more);
    }
}

/// The two documents.
#[derive(Clone, Copy)]
struct Documents<'d> {
    kubernetes: &'d Value,
    values: &'d Value,
}

/// A schema in one of the documents, behind all references.
#[derive(Clone, Copy)]
struct Place<'d> {
    node: &'d Value,
    of_kubernetes: bool,
    /// Whether a reference on the way says that it is a secret's.
    referred: bool,
}

impl<'d> Documents<'d> {
    fn kubernetes(self, name: &str) -> Place<'d> {
        let node = self.kubernetes["definitions"].get(name).unwrap_or_else(|| panic!("Kubernetes has no `{name}`"));
        Place { node, of_kubernetes: true, referred: false }
    }

    /// A schema that stands in another, and where its references lead.
    fn within(self, place: Place<'d>, node: &'d Value) -> Place<'d> {
        let Some(reference) = node.get("$ref").and_then(Value::as_str) else { return Place { node, referred: false, ..place } };
        let found = if let Some(name) = reference.strip_prefix(KUBERNETES_REF) {
            self.within(self.kubernetes(name), self.kubernetes(name).node)
        } else {
            let document = if place.of_kubernetes { self.kubernetes } else { self.values };
            let node = document.pointer(reference.trim_start_matches('#'));
            self.within(place, node.unwrap_or_else(|| panic!("`{reference}` leads nowhere")))
        };
        Place { referred: found.referred || is_true(node, "writeOnly"), ..found }
    }

    fn choices(self, place: Place<'d>) -> Vec<Place<'d>> {
        let choices = ["anyOf", "oneOf"].into_iter().flat_map(|key| list(place.node, key));
        choices.map(|choice| self.within(place, choice)).collect()
    }

    /// The schemas of which any may apply, if there is a choice.
    fn alternatives(self, place: Place<'d>) -> Vec<Place<'d>> {
        let below = |choice| {
            let below = self.alternatives(choice);
            if below.is_empty() { vec![choice] } else { below }
        };
        self.choices(place).into_iter().filter(|choice| !is_null(*choice)).flat_map(below).collect()
    }
}

/// The `static`s of a document.
#[derive(Default)]
struct Text {
    written: String,
    /// The name of each, by what it says.
    names: HashMap<String, String>,
    /// The expression for each, by the address of its JSON and whether a reference makes it a secret's.
    known: HashMap<(*const Value, bool), String>,
}

struct Writer<'d> {
    documents: Documents<'d>,
    kubernetes: Text,
    values: Text,
}

impl<'d> Writer<'d> {
    /// The Rust expression for a schema, whose `static` is written if it is not there yet.
    fn schema(&mut self, place: Place<'d>) -> String {
        let key = (std::ptr::from_ref(place.node), place.referred);
        if let Some(known) = self.text(place).known.get(&key) {
            return known.clone();
        }
        let form = self.form(place);
        let (letter, module) = if place.of_kubernetes { ('K', "kubernetes::") } else { ('V', "") };
        let text = self.text(place);
        let next = format!("{letter}{}", text.names.len());
        let name = text.names.entry(form.clone()).or_insert_with(|| {
            let _ = writeln!(text.written, "pub(crate) static {next}: Form = {form};");
            next
        });
        let schema = format!("Schema(&{module}{name})");
        text.known.insert(key, schema.clone());
        schema
    }

    fn text(&mut self, place: Place<'d>) -> &mut Text {
        if place.of_kubernetes { &mut self.kubernetes } else { &mut self.values }
    }

    /// A `Form`: the fields that say something.
    fn form(&mut self, place: Place<'d>) -> String {
        let node = place.node;
        let mut fields = Vec::new();
        let mut field = |name: &str, value: Option<String>| fields.extend(value.map(|value| format!("{name}: {value}")));
        let text = |key: &str| node.get(key).and_then(Value::as_str).map(|text| format!("{text:?}"));

        let choices = self.documents.choices(place);
        let types = types(node);
        let takes_null = types.contains(&"null") || choices.iter().any(|choice| self::types(choice.node).contains(&"null"));
        field("types", (!types.is_empty()).then(|| format!("Types({})", bits(&types))));
        field("takes_null", takes_null.then(|| "true".to_owned()));
        field("choices", self.schemas(choices.into_iter().filter(|choice| !is_null(*choice)).collect()));
        field("alternatives", self.schemas(self.documents.alternatives(place)));

        let properties: Vec<_> = node.get("properties").and_then(Value::as_object).into_iter().flatten().collect();
        let mut sorted: Vec<usize> = (0..properties.len()).collect();
        sorted.sort_by_key(|index| properties[*index].0);
        let of_key = |writer: &mut Self, index: &usize| {
            let (key, below) = properties[*index];
            let instead = list(below, "x-instead");
            let schema = writer.schema(writer.documents.within(place, below));
            format!("Property {{ key: {key:?}, schema: {schema}, instead: &{} }}", texts(instead))
        };
        let order: Vec<usize> =
            (0..properties.len()).map(|index| sorted.iter().position(|at| *at == index).expect("it is sorted")).collect();
        field("properties", slice(&sorted.iter().map(|index| of_key(self, index)).collect::<Vec<_>>()));
        field("order", (!order.is_empty()).then(|| format!("&{order:?}")));
        let rest = match node.get("additionalProperties") {
            Some(Value::Bool(false)) => Some("Rest::Closed".to_owned()),
            Some(rest @ Value::Object(_)) => Some(format!("Rest::Like({})", self.schema(self.documents.within(place, rest)))),
            _ => None,
        };
        field("rest", rest);
        field("keys", self.below(place, "propertyNames"));
        field("required", (!list(node, "required").is_empty()).then(|| format!("&{}", texts(list(node, "required")))));
        field("items", self.below(place, "items"));

        field("replaced", (!list(node, "x-replaced").is_empty()).then(|| format!("&{}", texts(list(node, "x-replaced")))));
        field("merge_key", text("x-merge-key").map(some));
        field("constant", text("const").map(some));
        field("words", node.get("enum").map(|_| some(format!("&{}", texts(list(node, "enum"))))));
        field("pattern", node.get("pattern").and_then(Value::as_str).map(|pattern| some(pattern::table(pattern))));
        field("longest", node.get("maxLength").and_then(Value::as_u64).map(|most| some(most.to_string())));
        field("least", node.get("minimum").and_then(Value::as_f64).map(|least| some(format!("{least:?}"))));
        field("most", node.get("maximum").and_then(Value::as_f64).map(|most| some(format!("{most:?}"))));
        field("expected", text("x-expected").map(some));
        field("usual", (!list(node, "x-words").is_empty()).then(|| format!("&{}", texts(list(node, "x-words")))));
        let secret = match (is_true(node, "writeOnly"), place.referred) {
            (true, _) => Some("Secret::Itself"),
            (false, true) => Some("Secret::Referred"),
            (false, false) => None,
        };
        field("secret", secret.map(str::to_owned));
        let rules = rules::of(list(node, "x-rules"), &mut |node| self.schema(self.documents.within(place, node)));
        field("rules", slice(&rules));
        let marks = node.as_object().into_iter().flatten().filter(|(key, value)| key.starts_with("x-") && **value == Value::Bool(true));
        let marks: Vec<_> = marks.map(|(key, _)| format!("{key:?}")).collect();
        field("marks", slice(&marks));
        let defaults = node.get("x-defaults").and_then(Value::as_object).into_iter().flatten();
        field("defaults", slice(&defaults.map(|(key, value)| format!("({key:?}, {:?})", value.to_string())).collect::<Vec<_>>()));
        let later = node.get("x-later").and_then(Value::as_object).into_iter().flatten();
        field("later", slice(&later.map(|(key, said)| format!("({key:?}, {})", self::later(said))).collect::<Vec<_>>()));
        field("of_kubernetes", place.of_kubernetes.then(|| "true".to_owned()));
        format!("Form {{ {}, ..Form::ANY }}", fields.join(", "))
    }

    fn schemas(&mut self, places: Vec<Place<'d>>) -> Option<String> {
        slice(&places.into_iter().map(|place| self.schema(place)).collect::<Vec<_>>())
    }

    /// The schema at a key, if there is one.
    fn below(&mut self, place: Place<'d>, key: &str) -> Option<String> {
        let node = place.node.get(key)?;
        Some(some(self.schema(self.documents.within(place, node))))
    }
}

/// Since when a cluster has a key.
fn later(said: &Value) -> String {
    let open = said["open"].as_u64().filter(|&open| open > 0);
    let gate = said["gate"].as_str().map(|name| format!("Gate {{ name: {name:?}, open: {open:?} }}"));
    let gate = gate.map_or("None".to_owned(), some);
    format!("Later {{ since: {}, gate: {gate}, older: {:?} }}", said["since"].as_u64().unwrap_or_default(), said["older"].as_str())
}

/// The JSON types that a schema names.
fn types(node: &Value) -> Vec<&str> {
    if node.get("x-kubernetes-int-or-string").is_some() {
        return vec!["integer", "string"];
    }
    match node.get("type") {
        Some(Value::String(name)) => vec![name],
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
        _ if node.get("const").is_some() => vec!["string"],
        _ => Vec::new(),
    }
}

/// The bits of `Types`, the first type's being the last.
fn bits(types: &[&str]) -> u8 {
    let bit = |name: &&str| TYPES.iter().position(|known| known == name).unwrap_or_else(|| panic!("`{name}` is not a type"));
    types.iter().map(|name| 1 << bit(name)).sum()
}

fn is_null(place: Place<'_>) -> bool {
    types(place.node) == ["null"]
}

fn is_true(node: &Value, key: &str) -> bool {
    node.get(key) == Some(&Value::Bool(true))
}

fn list<'d>(node: &'d Value, key: &str) -> &'d [Value] {
    node.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

pub fn texts(items: &[Value]) -> String {
    format!("{:?}", items.iter().filter_map(Value::as_str).collect::<Vec<_>>())
}

fn some(value: impl std::fmt::Display) -> String {
    format!("Some({value})")
}

fn slice(items: &[String]) -> Option<String> {
    (!items.is_empty()).then(|| format!("&[{}]", items.join(", ")))
}
