//! Values that are shown: everything that may be a secret is hidden.

use super::{objects, words};
use crate::layers::schema;
use crate::schema::{OBJECT, Schema, is_text_with_secrets, sounds_secret};
use crate::source::MASK;
use crate::values::secret::FREE;
use crate::yaml::{Data, Node};

/// Values with `***` in the place of what may be a secret; `hidden` are secrets that stand in no value that is in force.
pub fn masked(values: &Node, hidden: &[String]) -> Node {
    let mut shown = values.clone();
    let mut secrets = hidden.to_vec();
    mask(&mut shown, schema(), "", &mut secrets);
    // A reference may have brought one of them elsewhere.
    secrets.retain(|secret| secret.len() >= SHORTEST);
    replace(&mut shown, &secrets);
    shown
}

/// The shortest secret that is looked for in other values: shorter ones occur by chance.
const SHORTEST: usize = 6;

/// The texts of a key that does not exist, as far as they may be secrets.
pub fn texts_below(name: &str, node: &Node) -> Vec<String> {
    let mut found = Vec::new();
    collect(node, sounds_secret(name), &mut found);
    found
}

fn collect(node: &Node, is_secret: bool, found: &mut Vec<String>) {
    match &node.data {
        Data::Map(entries) => {
            entries.iter().for_each(|(key, entry)| collect(&entry.value, is_secret || sounds_secret(key), found));
        }
        Data::List(items) => items.iter().for_each(|item| collect(item, is_secret, found)),
        Data::String(text) if is_secret || has_user(text) => found.push(text.clone()),
        _ => {}
    }
}

/// Whether a text is a URI with a user.
pub(super) fn has_user(text: &str) -> bool {
    text.split_once("://").is_some_and(|(_, rest)| rest.contains('@'))
}

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
        return objects::mask(node, None, secrets);
    }
    let has_user = node.as_str().is_some_and(has_user);
    let is_text = is_text_with_secrets(name) && !node.says_nothing();
    if has_user || is_text || schema.holds_secret_text() && !is_harmless(node, schema, name) {
        secrets.extend(node.as_str().map(str::to_owned));
        node.data = Data::String(MASK.to_owned());
        return;
    }
    match &mut node.data {
        Data::Map(entries) => {
            // What a patch of an object is of.
            let target = entries.get("target").map(|target| target.value.text(&["kind"]).unwrap_or_default().to_owned());
            for (key, entry) in entries {
                match schema.property(key) {
                    Some(schema) if schema.is_marked(OBJECT) => objects::mask(&mut entry.value, target.as_deref(), secrets),
                    Some(schema) => mask(&mut entry.value, schema, key, secrets),
                    None => {}
                }
            }
        }
        _ if words::is_command(name) => words::mask(node, secrets),
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
    node.says_nothing() || schema.is_marked(FREE) && (!matches!(node.data, Data::String(_)) || !sounds_secret(name))
}
