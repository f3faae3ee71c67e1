//! Values as a template sees them, and as they are in a tree.

use std::collections::BTreeMap;
use std::sync::Arc;

use gotmpl::Value;

use crate::schema::Schema;
use crate::yaml::{self, Data, Entry, Map, Node};

/// A value of a tree, for a template.
pub(super) fn of_data(data: &Data) -> Value {
    match data {
        Data::Null => Value::Nil,
        Data::Bool(value) => Value::Bool(*value),
        Data::Number(number, _) => match (number.as_i64(), number.as_u64()) {
            (Some(number), _) => Value::Int(number),
            (None, Some(number)) => Value::Uint(number),
            (None, None) => Value::Float(number.as_f64().unwrap_or_default()),
        },
        Data::String(text) => text.as_str().into(),
        Data::List(items) => items.iter().map(|item| of_data(&item.data)).collect::<Vec<_>>().into(),
        Data::Map(entries) => map(entries.iter().map(|(key, entry)| (key.as_str().into(), of_data(&entry.value.data)))),
    }
}

/// A map of a template.
pub(super) fn map(entries: impl IntoIterator<Item = (Arc<str>, Value)>) -> Value {
    Value::Map(Arc::new(entries.into_iter().collect::<BTreeMap<_, _>>()))
}

/// A value of a template, in a tree; none of a function.
pub(super) fn to_data(value: &Value) -> Option<Data> {
    Some(match value {
        Value::Nil => Data::Null,
        Value::Bool(value) => Data::Bool(*value),
        Value::Int(number) => Data::Number((*number).into(), number.to_string()),
        Value::Uint(number) => Data::Number((*number).into(), number.to_string()),
        Value::Float(number) => Data::Number(serde_json::Number::from_f64(*number)?, number.to_string()),
        Value::String(text) => Data::String(text.to_string()),
        Value::List(items) => Data::List(items.iter().map(|item| to_data(item).map(Node::new)).collect::<Option<_>>()?),
        Value::Map(entries) => {
            let entry = |(key, value): (&Arc<str>, &Value)| {
                to_data(value).map(|data| (key.to_string(), Entry { key: None, value: Node::new(data) }))
            };
            Data::Map(entries.iter().map(entry).collect::<Option<Map>>()?)
        }
        Value::Function(_) => return None,
    })
}

/// A scalar as Go prints it; none of what is no scalar.
pub(super) fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.to_string()),
        Value::Bool(_) | Value::Int(_) | Value::Uint(_) | Value::Float(_) => Some(value.to_string()),
        Value::Nil | Value::List(_) | Value::Map(_) | Value::Function(_) => None,
    }
}

/// How many values and bytes a value has, counted as often as it would be printed, if these are few, and not nested too deeply.
pub(super) fn is_small(values: &[Value]) -> bool {
    let mut left = MOST;
    values.iter().all(|value| count(value, DEEPEST, &mut left))
}

/// As many values and bytes a function takes, and text comes of a template.
pub(super) const MOST: usize = 4 << 20;
/// As deep a function takes lists and maps.
const DEEPEST: usize = 100;

fn count(value: &Value, deep: usize, left: &mut usize) -> bool {
    let size = 1 + if let Value::String(text) = value { text.len() } else { 0 };
    let Some(rest) = left.checked_sub(size) else { return false };
    *left = rest;
    match value {
        Value::List(items) => deep > 0 && items.iter().all(|item| count(item, deep - 1, left)),
        Value::Map(entries) => deep > 0 && entries.values().all(|entry| count(entry, deep - 1, left)),
        _ => true,
    }
}

/// What was resolved, as the value that its place takes: where no text may stand, a text is the scalar that it spells.
pub(super) fn fitting(data: Data, schema: Option<Schema<'_>>) -> Data {
    let Some(schema) = schema else { return data };
    let fits = |data: &Data| schema.check(&Node::new(data.clone())).is_empty();
    if fits(&data) {
        return data;
    }
    match data {
        Data::String(text) => yaml::resolve(&text).filter(fits).unwrap_or(Data::String(text)),
        data => Data::String(Node::new(data).scalar()),
    }
}
