//! The JSON Schemas of types: the files of the source that have them are up to date.

use std::fs;
use std::path::Path;

use schemars::JsonSchema;
use serde_json::Value;

/// The schema that a type gives.
pub fn schema<T: JsonSchema>() -> Value {
    let mut schema = schemars::schema_for!(T).to_value();
    close(&mut schema, false);
    schema
}

/// Asserts that a file has the schema of a type; writes it, if golden files are written.
pub fn is_in<T: JsonSchema>(file: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let text = serde_json::to_string_pretty(&schema::<T>()).unwrap() + "\n";
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        return fs::write(path, text).unwrap();
    }
    let up_to_date = fs::read_to_string(path).unwrap_or_default() == text;
    assert!(up_to_date, "{file} is out of date: write it with UPDATE_GOLDEN=1 cargo test --lib schema");
}

/// Closes every map whose keys are listed, and leaves out what no one asks for: the types have no defaults but emptiness.
fn close(schema: &mut Value, of_properties: bool) {
    match schema {
        Value::Object(entries) if !of_properties => {
            entries.shift_remove("default");
            // Kubernetes' own whole numbers have 32 bits and a sign.
            if entries.get("format").is_some_and(|format| format == "uint32") && !entries.contains_key("maximum") {
                entries.insert("maximum".to_owned(), i32::MAX.into());
            }
            if entries.get("properties").is_some_and(Value::is_object) && !entries.contains_key("additionalProperties") {
                entries.insert("additionalProperties".to_owned(), Value::Bool(false));
            }
            entries.iter_mut().for_each(|(key, below)| close(below, key == "properties" || key == "$defs"));
        }
        Value::Object(entries) => entries.values_mut().for_each(|below| close(below, false)),
        Value::Array(items) => items.iter_mut().for_each(|below| close(below, false)),
        _ => {}
    }
}
