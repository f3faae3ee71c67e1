//! Values that are shown: everything that may be a secret is hidden.

use super::{arguments, objects};
use crate::layers::schema;
use crate::schema::{OBJECT, Schema, is_text_with_secrets, sounds_secret};
use crate::source::MASK;
use crate::values::secret::FREE;
use crate::yaml::{Data, Node};

/// Values with `***` in the place of what may be a secret; `hidden` are secrets that stand in no value that is in force. What the
/// user said, in `said`, tells which texts have what a reference brought.
pub fn masked(values: &Node, said: &Node, hidden: &[String]) -> Node {
    let mut shown = values.clone();
    let mut secrets = hidden.to_vec();
    mask(&mut shown, Some(schema()), "", &mut secrets);
    secrets.retain(|secret| secret.len() >= SHORTEST);
    replace(&mut shown, Some(said), &secrets);
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

/// Hides secrets in the texts to which a reference may have brought them: those that were Go templates. Anywhere else the same
/// letters are there by chance, as `postgres` is in `postgresql`.
fn replace(node: &mut Node, said: Option<&Node>, secrets: &[String]) {
    match &mut node.data {
        Data::Map(entries) => {
            for (key, entry) in entries {
                // A key that was a template itself has another name there.
                let written = entry.key.is_some();
                let said = said.and_then(|said| said.get(key));
                replace_below(&mut entry.value, said, written, secrets);
            }
        }
        Data::List(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                let said = said.and_then(|said| said.as_list()?.get(index));
                replace_below(item, said, item.origin.is_some(), secrets);
            }
        }
        _ => {}
    }
}

fn replace_below(node: &mut Node, said: Option<&Node>, is_written: bool, secrets: &[String]) {
    let Data::String(text) = &mut node.data else { return replace(node, said, secrets) };
    let is_resolved = said.map_or(is_written, |said| said.as_str().is_some_and(|text| text.contains("{{")));
    for secret in secrets.iter().filter(|_| is_resolved) {
        if text.contains(secret.as_str()) {
            *text = text.replace(secret, MASK);
        }
    }
}

/// Hides what may be a secret; without a schema the names alone say what that is.
fn mask(node: &mut Node, schema: Option<Schema<'_>>, name: &str, secrets: &mut Vec<String>) {
    if schema.is_some_and(|schema| schema.is_marked(OBJECT)) {
        return objects::mask(node, None, secrets);
    }
    let has_user = node.as_str().is_some_and(has_user);
    let is_text = is_text_with_secrets(name) && !node.says_nothing();
    let is_typed = schema.is_some_and(|schema| schema.holds_secret_text() && !is_harmless(node, schema, name));
    if has_user || is_text || is_typed || is_free(schema) && node.as_str().is_some() && objects::is_sensitive(name) {
        if node.origin.is_some() {
            secrets.extend(node.as_str().map(str::to_owned));
        }
        node.data = Data::String(MASK.to_owned());
        return;
    }
    match &mut node.data {
        Data::Map(entries) => {
            // What a patch of an object is of.
            let target = entries.get("target").map(|target| target.value.text(&["kind"]).unwrap_or_default().to_owned());
            for (key, entry) in entries {
                match schema.and_then(|schema| schema.property(key)) {
                    Some(schema) if schema.is_marked(OBJECT) => objects::mask(&mut entry.value, target.as_deref(), secrets),
                    below => mask(&mut entry.value, below, key, secrets),
                }
            }
        }
        Data::List(items) => {
            for item in items.iter_mut() {
                mask(item, schema.and_then(Schema::items), name, secrets);
            }
            arguments::mask_all(items, secrets);
        }
        Data::String(text) => arguments::mask(text, secrets),
        _ => {}
    }
}

/// Whether the values say nothing of what stands there: it is of Kubernetes, or of a map that takes anything.
fn is_free(schema: Option<Schema<'_>>) -> bool {
    schema.is_none_or(Schema::is_of_kubernetes)
}

/// Whether a value is no secret: it is empty, or nothing but its name could make it one, and the name does not.
fn is_harmless(node: &Node, schema: Schema<'_>, name: &str) -> bool {
    node.says_nothing() || schema.is_marked(FREE) && (!matches!(node.data, Data::String(_)) || !sounds_secret(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::{read, write};

    #[test]
    fn a_secret_is_looked_for_where_a_reference_stood_alone() {
        let said = read("a: '{{ .Values.b }}-x'\nc: postgresql\nd: [\"{{ 1 }}\", y]", 0).unwrap().remove(0);
        let mut shown = read("a: postgres-x\nc: postgresql\nd: [postgres, postgres]", 0).unwrap().remove(0);
        replace(&mut shown, Some(&said), &["postgres".to_owned()]);
        assert_eq!(write(&shown), "a: \"***-x\"\nc: postgresql\nd:\n- \"***\"\n- postgres\n");
    }
}
