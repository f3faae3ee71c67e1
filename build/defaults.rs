//! The defaults of an edition as Rust: YAML becomes an expression of the type `Tree`.
//!
//! `src/layers/editions/tree.rs` says what each variant means.

use serde_json::Value;

/// The Rust text of the `static` with this name, which holds what a YAML document says.
pub fn of(name: &str, text: &str) -> String {
    let document: Value = serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{name}: {error}"));
    format!("static {name}: Tree = {};\n", tree(&document))
}

fn tree(value: &Value) -> String {
    match value {
        Value::Null => panic!("a key without a default is not in the file"),
        Value::Bool(value) => format!("Tree::Bool({value})"),
        Value::Number(number) => format!("Tree::Integer({})", number.as_i64().expect("a default that is a number is a whole one")),
        Value::String(text) => format!("Tree::String({text:?})"),
        Value::Array(items) => format!("Tree::List(&[{}])", items.iter().map(tree).collect::<Vec<_>>().join(", ")),
        Value::Object(entries) => {
            let entries: Vec<_> = entries.iter().map(|(key, value)| format!("({key:?}, {})", tree(value))).collect();
            format!("Tree::Map(&[{}])", entries.join(", "))
        }
    }
}
