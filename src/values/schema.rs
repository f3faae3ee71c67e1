//! The JSON Schema of the values.

use std::sync::LazyLock;

use serde_json::Value;

use super::Values;

static SCHEMA: LazyLock<Value> = LazyLock::new(|| {
    let mut schema = schemars::schema_for!(Values).to_value();
    close(&mut schema);
    schema
});

/// The JSON Schema of the values: from their types, closed everywhere but in free maps. It is made once.
#[must_use]
pub fn schema() -> &'static Value {
    &SCHEMA
}

/// Closes every map whose keys are listed.
fn close(schema: &mut Value) {
    match schema {
        Value::Object(entries) => {
            // Kubernetes' own whole numbers have 32 bits and a sign.
            if entries.get("format").is_some_and(|format| format == "uint32") && !entries.contains_key("maximum") {
                entries.insert("maximum".to_owned(), i32::MAX.into());
            }
            if entries.get("properties").is_some_and(Value::is_object) && !entries.contains_key("additionalProperties") {
                entries.insert("additionalProperties".to_owned(), Value::Bool(false));
            }
            entries.values_mut().for_each(close);
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_has_a_manual() {
        fn walk(at: &str, schema: &Value, found: &mut Vec<String>) {
            for (key, property) in schema["properties"].as_object().into_iter().flatten() {
                if property.get("description").is_none() {
                    found.push(format!("{at}.{key}"));
                }
            }
        }
        let schema = schema();
        let mut found = Vec::new();
        walk("values", schema, &mut found);
        for (name, definition) in schema["$defs"].as_object().unwrap() {
            walk(name, definition, &mut found);
        }
        assert_eq!(found, Vec::<String>::new());
    }
}
