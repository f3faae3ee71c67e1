//! Values that are shown: everything that may be a secret is hidden.

use super::{arguments, objects};
use crate::layers::schema;
use crate::schema::{
    FREE, OBJECT, Path, Schema, gives_secret, is_own_secret, is_secret_option, is_text_with_secrets, logs_in, sounds_secret, tells_secret,
};
use crate::source::MASK;
use crate::yaml::{Data, Entry, Node};

/// Values with `***` in the place of what may be a secret; some keys are unknown, and their names alone say what that is.
pub fn masked(values: &Node, unknown: &[Path]) -> Node {
    let mut shown = values.clone();
    mask(&mut shown, Some(schema()), "");
    for path in unknown {
        if let Some(mut node) = path.get(&shown).cloned() {
            mask_below(&mut node, sounds_secret(&path.to_string()));
            path.put(&mut shown, Some(node));
        }
    }
    shown
}

/// Hides the texts of a key that does not exist, as far as they may be secrets.
fn mask_below(node: &mut Node, is_secret: bool) {
    match &mut node.data {
        Data::Map(entries) => entries.iter_mut().for_each(|(key, entry)| mask_below(&mut entry.value, is_secret || sounds_secret(key))),
        Data::List(items) => items.iter_mut().for_each(|item| mask_below(item, is_secret)),
        Data::String(text) if (is_secret || logs_in(text)) && !text.is_empty() => MASK.clone_into(text),
        _ => {}
    }
}

/// Puts what templates give for masked values where they give something else for the values themselves: there a secret has its part
/// in it. What is hidden whole stays, and what has no counterpart is hidden.
pub fn lay_over(shown: &mut Node, values: &Node, of_masked: &Node) {
    match (&mut shown.data, &values.data, &of_masked.data) {
        (Data::Map(entries), Data::Map(values), Data::Map(of_masked)) => {
            let known = std::mem::take(entries);
            for (key, Entry { key: written, mut value }) in known {
                let name = match values.get(&key).zip(of_masked.get(&key)) {
                    Some((own, of_masked)) => {
                        lay_over(&mut value, &own.value, &of_masked.value);
                        key
                    }
                    None if !values.contains_key(&key) => key,
                    // The key came of a template itself.
                    None => {
                        mask_below(&mut value, true);
                        MASK.to_owned()
                    }
                };
                entries.insert(name, Entry { key: written, value });
            }
        }
        (Data::List(items), Data::List(values), Data::List(of_masked)) if values.len() == of_masked.len() => {
            for ((item, own), of_masked) in items.iter_mut().zip(values).zip(of_masked) {
                lay_over(item, own, of_masked);
            }
        }
        _ if values.is_same(of_masked) => {}
        (Data::Map(_) | Data::List(_), ..) | (_, _, Data::Map(_) | Data::List(_)) => mask_below(shown, true),
        (Data::String(text), ..) if text == MASK => {}
        (data, ..) => {
            let mut text = of_masked.scalar();
            arguments::mask(&mut text);
            *data = Data::String(text);
        }
    }
}

/// Hides what may be a secret; without a schema the names alone say what that is.
fn mask(node: &mut Node, schema: Option<Schema<'_>>, name: &str) {
    if schema.is_some_and(|schema| schema.is_marked(OBJECT)) {
        return objects::mask(node, None);
    }
    // A text of several lines is hidden whole.
    let has_login = node.as_str().is_some_and(|text| logs_in(text) || text.contains('\n') && tells_secret(text));
    let is_text = is_text_with_secrets(name) && !node.says_nothing();
    let is_typed = schema.is_some_and(|schema| schema.holds_secret_text() && !is_harmless(node, schema, name));
    let is_named = is_free(schema) && node.as_str().is_some_and(|text| objects::is_secret(name, text));
    if has_login || is_text || is_typed || is_named {
        node.data = Data::String(MASK.to_owned());
        return;
    }
    let keys = node.as_map().into_iter().flatten().map(|(key, _)| key);
    let is_own = |key: &str| schema.is_some_and(|one| !one.declares(key) && one.property(key).is_some_and(|below| !below.is_secret()));
    let named: Vec<String> = keys.filter(|key| is_own(key) && is_own_secret(node, key)).cloned().collect();
    match &mut node.data {
        Data::Map(entries) => {
            // What a patch of an object is of.
            let target = entries.get("target").map(|target| target.value.text(&["kind"]).unwrap_or_default().to_owned());
            for (key, entry) in entries {
                match schema.and_then(|schema| schema.property(key)) {
                    // What has a name of the user's own is a secret by that name.
                    _ if named.contains(key) => entry.value.data = Data::String(MASK.to_owned()),
                    Some(schema) if schema.is_marked(OBJECT) => objects::mask(&mut entry.value, target.as_deref()),
                    below => mask(&mut entry.value, below, key),
                }
            }
        }
        Data::List(items) => {
            for item in items.iter_mut() {
                mask(item, schema.and_then(Schema::items), name);
            }
            arguments::mask_all(items);
        }
        Data::String(text) => arguments::mask(text),
        _ => {}
    }
}

/// Whether the values say nothing of what stands there: it is of Kubernetes, or of a map that takes anything.
fn is_free(schema: Option<Schema<'_>>) -> bool {
    schema.is_none_or(Schema::is_of_kubernetes)
}

/// Whether a value is no secret: it is empty, or nothing but its name could make it one, and the name does not.
fn is_harmless(node: &Node, schema: Schema<'_>, name: &str) -> bool {
    node.says_nothing() || schema.is_marked(FREE) && node.as_str().is_none_or(|text| !is_secret_option(name) && !gives_secret(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::{read, write};

    #[test]
    fn what_a_template_gives_is_shown_but_for_the_secret_in_it() {
        let tree = |text: &str| read(text, 0).unwrap().remove(0);
        let values = tree("a: postgres-x\nb: postgresql\nc: [cG9zdGdyZXM=, other]\nd: postgres\ne: {postgres: 1}");
        let of_masked = tree("a: \"***-x\"\nb: postgresql\nc: [Kioq, other]\nd: other\ne: {\"***\": 1}");
        let mut shown = values.clone();
        shown.at_mut(&["d"]).unwrap().data = Data::String(MASK.to_owned());
        lay_over(&mut shown, &values, &of_masked);
        assert_eq!(write(&shown), "a: \"***-x\"\nb: postgresql\nc:\n- Kioq\n- other\nd: \"***\"\ne:\n  \"***\": 1\n");

        let values = tree("a: run --password hunter2 --user hunter2\nb: {hunter2: hunter2}\nc: [hun, er2]\nd: {e: hunter2}");
        let of_masked = tree("a: run --password *** --user ***\nb: {\"***\": \"***\"}\nc: [\"***\"]\nd: none");
        let mut shown = values.clone();
        let Data::String(text) = &mut shown.at_mut(&["a"]).unwrap().data else { unreachable!() };
        arguments::mask(text);
        lay_over(&mut shown, &values, &of_masked);
        assert_eq!(write(&shown), "a: run --password *** --user ***\nb:\n  \"***\": \"***\"\nc:\n- \"***\"\n- \"***\"\nd:\n  e: \"***\"\n");
    }
}
