//! Values that are shown: everything that may be a secret is hidden.

use super::objects;
use crate::layers::schema;
use crate::schema::{OBJECT, Schema};
use crate::source::MASK;
use crate::values::secret::FREE;
use crate::yaml::{Data, Node};

/// Words in the names of options whose values are secrets (Airflow: the options of `airflow.cfg` that
/// are sensitive, and those that `[core] sensitive_var_conn_names` hides).
const SENSITIVE: [&str; 16] = [
    "access",
    "args",
    "basic_auth",
    "broker",
    "cert",
    "conn",
    "cred",
    "dsn",
    "key",
    "kwargs",
    "pass",
    "private",
    "result_backend",
    "secret",
    "token",
    "webhook",
];

/// Keys with texts of YAML and Python in which secrets may stand.
const TEXTS: [&str; 5] = ["extraEnv", "podTemplate", "apiServerConfig", "webserverConfig", "airflowLocalSettings"];

/// Values with `***` in the place of what may be a secret.
pub fn masked(values: &Node) -> Node {
    let mut shown = values.clone();
    let mut secrets = Vec::new();
    mask(&mut shown, schema(), "", &mut secrets);
    // A reference may have brought one of them elsewhere.
    secrets.retain(|secret| secret.len() >= SHORTEST);
    replace(&mut shown, &secrets);
    shown
}

/// The shortest secret that is looked for in other values: shorter ones occur by chance.
const SHORTEST: usize = 6;

fn replace(node: &mut Node, secrets: &[String]) {
    match &mut node.data {
        Data::Map(entries) => entries.values_mut().for_each(|entry| replace(&mut entry.value, secrets)),
        Data::List(items) => items.iter_mut().for_each(|item| replace(item, secrets)),
        Data::String(text) => {
            for secret in secrets {
                if text.contains(secret.as_str()) {
                    *text = text.replace(secret, MASK);
                }
            }
        }
        _ => {}
    }
}

fn mask(node: &mut Node, schema: Schema<'_>, name: &str, secrets: &mut Vec<String>) {
    if schema.is_marked(OBJECT) {
        return objects::mask(node, secrets);
    }
    let has_user = node.as_str().is_some_and(|text| text.split_once("://").is_some_and(|(_, rest)| rest.contains('@')));
    let is_text = TEXTS.contains(&name) && !node.says_nothing();
    if has_user || is_text || schema.holds_secret_text() && !is_harmless(node, schema, name) {
        secrets.extend(node.as_str().map(str::to_owned));
        node.data = Data::String(MASK.to_owned());
        return;
    }
    match &mut node.data {
        Data::Map(entries) => {
            for (key, entry) in entries {
                if let Some(schema) = schema.property(key) {
                    mask(&mut entry.value, schema, key, secrets);
                }
            }
        }
        Data::List(items) => {
            for item in items {
                if let Some(schema) = schema.items() {
                    mask(item, schema, name, secrets);
                }
            }
        }
        _ => {}
    }
}

/// Whether a value is no secret: it is empty, or nothing but its name could make it one, and the name does not.
fn is_harmless(node: &Node, schema: Schema<'_>, name: &str) -> bool {
    node.says_nothing() || schema.is_marked(FREE) && (!matches!(node.data, Data::String(_)) || !is_sensitive(name))
}

fn is_sensitive(name: &str) -> bool {
    let name = name.to_lowercase();
    SENSITIVE.iter().any(|word| name.contains(word))
}
