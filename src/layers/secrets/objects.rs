//! Whole objects of Kubernetes, and patches of them, as they are shown.

use super::arguments;
use crate::schema::{logs_in, says_secret};
use crate::source::MASK;
use crate::yaml::{Data, Node};

/// Words in the names of fields whose values are secrets.
const SENSITIVE: [&str; 11] =
    ["password", "passwd", "passphrase", "pwd", "token", "secret", "private", "credential", "webhook", "dsn", "connectionstring"];

/// Names of keys that are secrets themselves.
const KEYS: [&str; 4] = ["apikey", "accesskey", "accountkey", "privatekey"];

/// Puts `***` in the place of what may be a secret: a text of YAML, the data of a Secret, the value of a variable, an
/// address with a login, secrets in command lines, and texts whose fields are named for secrets. The kind is that of what a patch
/// is of; without one the object says it.
pub fn mask(node: &mut Node, kind: Option<&str>) {
    if let Data::String(_) = node.data {
        return hide(node);
    }
    // A patch need not say what it is of, and its target may be a pattern.
    let is_open = |kind: &str| kind != "Secret" && kind.chars().all(char::is_alphanumeric);
    let shows_data = kind.or(node.text(&["kind"])).is_some_and(is_open);
    walk(node, shows_data, "");
}

fn walk(node: &mut Node, shows_data: bool, key: &str) {
    match &mut node.data {
        Data::Map(entries) => {
            let is_variable = entries.contains_key("name");
            // What a patch puts there.
            let path = entries.get("path").and_then(|entry| entry.value.as_str()).unwrap_or_default();
            let is_named = path.rsplit('/').next().is_some_and(says_secret);
            for (key, entry) in entries {
                match key.as_str() {
                    "data" | "stringData" if !shows_data => hide_all(&mut entry.value),
                    "value" if is_variable || is_named || !shows_data => hide_all(&mut entry.value),
                    key => walk(&mut entry.value, shows_data, key),
                }
            }
        }
        Data::List(items) => {
            for item in items.iter_mut() {
                walk(item, shows_data, key);
            }
            arguments::mask_all(items);
        }
        Data::String(text) if logs_in(text) || is_secret(key, text) => hide(node),
        Data::String(text) => arguments::mask(text),
        _ => {}
    }
}

/// Whether the text of a field of that name may be a secret.
pub(super) fn is_secret(key: &str, text: &str) -> bool {
    is_sensitive(key) && !["true", "false"].contains(&text)
}

/// Whether a field of that name holds a secret, and not where one is.
pub(super) fn is_sensitive(key: &str) -> bool {
    let lower = key.to_lowercase().replace(['-', '_', '.'], "");
    KEYS.iter().any(|key| lower.ends_with(key))
        || SENSITIVE.iter().any(|word| lower.contains(word))
            && !["name", "names", "ref", "path", "file", "key", "class", "expiration"].iter().any(|end| lower.ends_with(end))
}

fn hide_all(node: &mut Node) {
    match &mut node.data {
        Data::Map(entries) => entries.values_mut().for_each(|entry| hide_all(&mut entry.value)),
        Data::List(items) => items.iter_mut().for_each(hide_all),
        _ => hide(node),
    }
}

fn hide(node: &mut Node) {
    if !node.says_nothing() {
        node.data = Data::String(MASK.to_owned());
    }
}
