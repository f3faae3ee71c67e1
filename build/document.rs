//! The JSON Schema of the values as others read it: draft 7, in one document with what it refers to of the Kubernetes API.
//!
//! What depends on the edition, defaults and keys, `src/manual/document.rs` adds.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

/// What marks a reference of the values' schema to a definition of the Kubernetes API.
const KUBERNETES_REF: &str = "kubernetes:";

/// What else a text may be that has to match a pattern: one with Go templates, which are resolved before it is judged.
const OR_TEMPLATE: &str = r"|\{\{";

/// The document, in one line: the values' definitions, and those of the Kubernetes API that they need.
pub fn of(kubernetes: &Value, values: &Value) -> String {
    let mut document = object(&translated(values));
    let mut definitions = Map::new();
    for (name, node) in values["$defs"].as_object().expect("the definitions are a map") {
        definitions.insert(name.clone(), nullable(translated(node)));
    }
    let mut wanted: Vec<String> = definitions.values().chain([&Value::Object(document.clone())]).flat_map(references).collect();
    while let Some(name) = wanted.pop() {
        if !definitions.contains_key(&name) {
            let node = nullable(translated(&kubernetes["definitions"][name.as_str()]));
            wanted.extend(references(&node));
            definitions.insert(name, node);
        }
    }
    for key in ["$schema", "$defs", "title", "description"] {
        document.shift_remove(key);
    }
    document.insert("definitions".to_owned(), definitions.into());
    Value::Object(document).to_string()
}

/// The names of the definitions that a schema refers to.
fn references(node: &Value) -> BTreeSet<String> {
    let below: Box<dyn Iterator<Item = &Value>> = match node {
        Value::Object(entries) => Box::new(entries.values()),
        Value::Array(items) => Box::new(items.iter()),
        _ => return BTreeSet::new(),
    };
    let own = node.get("$ref").and_then(Value::as_str).and_then(|reference| reference.strip_prefix("#/definitions/"));
    below.flat_map(references).chain(own.map(str::to_owned)).collect()
}

/// A schema without what the house alone understands.
fn translated(node: &Value) -> Value {
    let Value::Object(entries) = node else { return node.clone() };
    let mut written = Map::new();
    for (key, value) in entries {
        let value = match key.as_str() {
            "properties" => object(value).iter().map(|(key, below)| (key.clone(), nullable(translated(below)))).collect(),
            "additionalProperties" => nullable(translated(value)),
            "anyOf" | "oneOf" => value.as_array().into_iter().flatten().map(translated).collect(),
            "$ref" => reference(value.as_str().expect("a reference is a text")).into(),
            "description" => unwrapped(value.as_str().expect("a description is a text")).into(),
            "pattern" => pattern(node, value.as_str().expect("a pattern is a text")).into(),
            "maxLength" if has_template(node) => continue,
            // Those of Rust's types say no more than the bounds.
            "format" | "$defs" => continue,
            "x-kubernetes-int-or-string" => {
                written.insert("type".to_owned(), json!(["integer", "string"]));
                continue;
            }
            "x-expected" if node.get("pattern").is_some() => {
                written.insert("patternErrorMessage".to_owned(), format!("must be {}", value.as_str().unwrap_or_default()).into());
                continue;
            }
            _ if key.starts_with("x-") => continue,
            _ => translated(value),
        };
        written.insert(key.clone(), value);
    }
    written.into()
}

/// A schema that takes `null` too, by which a key returns to its default.
fn nullable(mut node: Value) -> Value {
    let null = json!({ "type": "null" });
    let Some(entries) = node.as_object_mut() else { return node };
    if let Some(word) = entries.shift_remove("const") {
        entries.insert("enum".to_owned(), json!([word]));
    }
    if let Some(Value::Array(words)) = entries.get_mut("enum") {
        words.push(Value::Null);
    }
    match entries.get_mut("type") {
        Some(Value::Array(types)) if !types.contains(&json!("null")) => types.push(json!("null")),
        Some(one @ Value::String(_)) => *one = json!([one.clone(), "null"]),
        _ => {}
    }
    for key in ["anyOf", "oneOf"] {
        if let Some(Value::Array(choices)) = entries.get_mut(key)
            && !choices.contains(&null)
        {
            choices.push(null.clone());
        }
    }
    node
}

fn reference(reference: &str) -> String {
    match reference.strip_prefix(KUBERNETES_REF) {
        Some(name) => format!("#/definitions/{name}"),
        None => reference.replacen("#/$defs/", "#/definitions/", 1),
    }
}

/// A description without the line breaks that stand in the source alone: those within a paragraph.
fn unwrapped(text: &str) -> String {
    text.split("\n\n").map(|paragraph| paragraph.replace('\n', " ")).collect::<Vec<_>>().join("\n\n")
}

/// Whether Go templates may stand in a text that has to match a pattern. Such a text is longer than what it stands for.
fn has_template(node: &Value) -> bool {
    node.get("pattern").is_some() && node.get("x-verbatim").is_none()
}

/// The pattern of a text, with its greatest length where that goes for what templates stand for.
fn pattern(node: &Value, pattern: &str) -> String {
    let pattern = ecma(pattern);
    match node.get("maxLength") {
        _ if !has_template(node) => pattern,
        Some(most) => format!(r"^(?=[\s\S]{{0,{most}}}$)(?:{pattern}){OR_TEMPLATE}"),
        None => pattern + OR_TEMPLATE,
    }
}

/// A pattern in the notation of JavaScript, as JSON Schema has it.
fn ecma(pattern: &str) -> String {
    let pattern = match pattern.strip_prefix("(?s)") {
        Some(rest) => rest.replace('.', r"[\s\S]"),
        None => pattern.to_owned(),
    };
    let mut written = String::new();
    let mut rest = pattern.as_str();
    while let Some((before, after)) = rest.split_once(r"\x{") {
        let (digits, after) = after.split_once('}').expect("a number in braces ends");
        written = format!("{written}{before}\\u{digits:0>4}");
        rest = after;
    }
    written + rest
}

fn object(node: &Value) -> Map<String, Value> {
    node.as_object().expect("it is a map").clone()
}
