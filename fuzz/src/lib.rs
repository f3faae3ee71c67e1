//! What the targets share: an independent reader (libyaml) of what gen writes.

use airflow_gen::yaml::Node;
use serde::Deserialize as _;
use serde_json::Value;

/// The documents of a text, as the independent reader reads them.
///
/// # Panics
///
/// It cannot read the text.
pub fn documents(text: &str) -> Vec<Value> {
    let documents = yaml_serde::Deserializer::from_str(text).map(Value::deserialize).collect::<Result<_, _>>();
    documents.unwrap_or_else(|error| panic!("libyaml cannot read what gen wrote: {error}\n{text}"))
}

/// A tree as data; none, if it holds a number that JSON has not.
pub fn data(node: &Node) -> Option<Value> {
    serde_json::to_value(node).ok()
}

/// Whether two trees are the same, numbers by what they are worth.
pub fn are_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one == other || one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => one.len() == other.len() && one.iter().zip(other).all(|(one, other)| are_same(one, other)),
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len() && one.iter().all(|(key, value)| other.get(key).is_some_and(|other| are_same(value, other)))
        }
        _ => one == other,
    }
}
