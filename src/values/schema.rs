//! The JSON Schema of the values, `schema.json`, which says what their types say.
//!
//! It is part of the program as data (see `build/schema.rs`), so that no run has to make it.

#![expect(clippy::unreadable_literal, reason = "bounds of numbers stand as the schema has them")]

use crate::schema::{Form, Pattern, Property, Rest, Schema, Secret, Types, kubernetes};

include!(concat!(env!("OUT_DIR"), "/values.rs"));

/// The schema of the values. It allows unknown keys in free maps only.
#[must_use]
pub fn schema() -> &'static Form {
    VALUES.0
}

/// The same for other programs: draft 7 of JSON Schema, with what it refers to of the Kubernetes API. It takes `null` for every
/// key, and has no defaults and no marks of the values' own.
#[must_use]
pub fn document() -> &'static str {
    include_str!(concat!(env!("OUT_DIR"), "/values.json"))
}

/// Whether a text has the form of one of the types that `text!` declares.
pub(super) fn has_form(name: &str, text: &str) -> bool {
    let known = TEXTS.iter().find(|(known, _)| *known == name);
    let (_, schema) = known.unwrap_or_else(|| panic!("`schema.json` does not have `{name}`: write it with UPDATE_GOLDEN=1 cargo test"));
    schema.has_form(text)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use serde_json::Value;

    use super::has_form;
    use crate::values::Values;

    /// The schema that the types give.
    fn of_types() -> Value {
        let mut schema = schemars::schema_for!(Values).to_value();
        close(&mut schema, false);
        schema
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

    #[test]
    fn the_embedded_schema_is_that_of_the_types() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/values/schema.json");
        let text = serde_json::to_string_pretty(&of_types()).unwrap() + "\n";
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            return fs::write(path, text).unwrap();
        }
        let out_of_date = "src/values/schema.json is out of date: write it with UPDATE_GOLDEN=1 cargo test --lib values::schema";
        assert!(fs::read_to_string(path).unwrap_or_default() == text, "{out_of_date}");
    }

    #[test]
    fn texts_have_the_form_of_their_patterns() {
        let cases: [(&str, &[&str], &[&str]); 5] = [
            ("DnsLabel", &["a", "a-b", "0"], &["", "-a", "a-", "A", "a.b", "a\n", "ä"]),
            ("ImageTag", &["", "1.10", "_x"], &[".x", "a b", "ä"]),
            ("Line", &["", "a b", "ä\u{2027}\u{1f600}"], &["a\n", "\u{85}", "\u{2028}"]),
            ("Duration", &["0", "1h30m", "1.5s"], &["", "1", "h", "1d"]),
            ("GitRef", &["", "main", "v1/ä"], &["-x", "a b", "a..b~1", "a[b"]),
        ];
        for (name, good, bad) in cases {
            assert!(good.iter().all(|text| has_form(name, text)), "{name} does not take one of {good:?}");
            assert!(!bad.iter().any(|text| has_form(name, text)), "{name} takes one of {bad:?}");
        }
    }

    #[test]
    fn every_key_has_a_manual() {
        fn walk(at: &str, schema: &Value, found: &mut Vec<String>) {
            for (key, property) in schema["properties"].as_object().into_iter().flatten() {
                if property.get("description").is_none() {
                    found.push(format!("{at}.{key}"));
                }
            }
        }
        let schema = of_types();
        let mut found = Vec::new();
        walk("values", &schema, &mut found);
        for (name, definition) in schema["$defs"].as_object().unwrap() {
            walk(name, definition, &mut found);
        }
        assert_eq!(found, Vec::<String>::new());
    }
}
