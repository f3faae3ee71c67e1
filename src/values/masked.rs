//! Values to show: what may be a secret is hidden.

use super::layers::Layers;
use crate::schema::Schema;
use crate::yaml::{Data, Node};

/// What shows in the place of a secret.
const MASK: &str = "***";

/// What marks, in the schema of the values, what is a secret only by its name: options of airflow.cfg.
const FREE: &str = "x-exact";

/// What the names of options have in them whose values are secrets (Airflow: the options of `airflow.cfg` that
/// are sensitive, and those that `[core] sensitive_var_conn_names` hides).
const SENSITIVE: [&str; 14] = [
    "access",
    "basic_auth",
    "broker",
    "cert",
    "conn",
    "cred",
    "dsn",
    "key",
    "pass",
    "private",
    "result_backend",
    "secret",
    "token",
    "webhook",
];

impl Layers {
    /// The merged values, defaults included, with `***` in the place of what may be a secret.
    #[must_use]
    pub fn masked(&self) -> Node {
        let mut shown = self.tree().clone();
        mask(&mut shown, Schema::of(super::schema()), "");
        shown
    }
}

fn mask(node: &mut Node, schema: Schema<'_>, name: &str) {
    let has_user = node.as_str().is_some_and(|text| text.split_once("://").is_some_and(|(_, rest)| rest.contains('@')));
    if has_user || schema.holds_secret_text() && !is_harmless(node, schema, name) {
        node.data = Data::String(MASK.to_owned());
        return;
    }
    match &mut node.data {
        Data::Map(entries) => {
            for (key, entry) in entries {
                if let Some(schema) = schema.property(key) {
                    mask(&mut entry.value, schema, key);
                }
            }
        }
        Data::List(items) => {
            for item in items {
                if let Some(schema) = schema.items() {
                    mask(item, schema, name);
                }
            }
        }
        _ => {}
    }
}

/// Of what is free to be anything, what is no secret by its kind or its name.
fn is_harmless(node: &Node, schema: Schema<'_>, name: &str) -> bool {
    node.says_nothing() || schema.is_marked(FREE) && (!matches!(node.data, Data::String(_)) || !is_sensitive(name))
}

fn is_sensitive(name: &str) -> bool {
    let name = name.to_lowercase();
    SENSITIVE.iter().any(|word| name.contains(word))
}
