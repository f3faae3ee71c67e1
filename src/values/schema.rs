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
    use serde_json::Value;

    use super::has_form;
    use crate::schema::of_types;
    use crate::values::Values;

    #[test]
    fn the_embedded_schema_is_that_of_the_types() {
        of_types::is_in::<Values>("src/values/schema.json");
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
        let schema = of_types::schema::<Values>();
        let mut found = Vec::new();
        walk("values", &schema, &mut found);
        for (name, definition) in schema["$defs"].as_object().unwrap() {
            walk(name, definition, &mut found);
        }
        assert_eq!(found, Vec::<String>::new());
    }
}
