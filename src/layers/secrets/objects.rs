//! Whole objects of Kubernetes, and patches of them, as they are shown.

use super::arguments;
use super::masked::has_user;
use crate::source::MASK;
use crate::yaml::{Data, Node};

/// Words in the names of fields whose values are secrets.
const SENSITIVE: [&str; 11] =
    ["password", "passwd", "passphrase", "pwd", "token", "secret", "private", "credential", "webhook", "dsn", "connectionstring"];

/// Names of keys that are secrets themselves.
const KEYS: [&str; 4] = ["apikey", "accesskey", "accountkey", "privatekey"];

/// Puts `***` in the place of what may be a secret: a text of YAML, the data of a Secret, the value of a variable, an
/// address with a user, secrets in command lines, and texts whose fields are named for secrets. What was there is added to
/// `secrets`. The kind is that of what a patch is of; without one the object says it.
pub fn mask(node: &mut Node, kind: Option<&str>, secrets: &mut Vec<String>) {
    if let Data::String(_) = node.data {
        return hide(node, secrets);
    }
    // A patch need not say what it is of, and its target may be a pattern.
    let is_open = |kind: &str| kind != "Secret" && kind.chars().all(char::is_alphanumeric);
    let shows_data = kind.or(node.text(&["kind"])).is_some_and(is_open);
    walk(node, shows_data, "", secrets);
}

fn walk(node: &mut Node, shows_data: bool, key: &str, secrets: &mut Vec<String>) {
    match &mut node.data {
        Data::Map(entries) => {
            let is_variable = entries.contains_key("name");
            for (key, entry) in entries {
                match key.as_str() {
                    "data" | "stringData" if !shows_data => hide_all(&mut entry.value, secrets),
                    "value" if is_variable || !shows_data => hide_all(&mut entry.value, secrets),
                    key => walk(&mut entry.value, shows_data, key, secrets),
                }
            }
        }
        Data::List(items) => {
            for item in items.iter_mut() {
                walk(item, shows_data, key, secrets);
            }
            arguments::mask_all(items, secrets);
        }
        Data::String(text) if has_user(text) || is_sensitive(key) => hide(node, secrets),
        Data::String(text) => arguments::mask(text, secrets),
        _ => {}
    }
}

/// Whether a field of that name holds a secret, and not where one is.
pub(super) fn is_sensitive(key: &str) -> bool {
    let lower = key.to_lowercase().replace(['-', '_', '.'], "");
    KEYS.iter().any(|key| lower.ends_with(key))
        || SENSITIVE.iter().any(|word| lower.contains(word))
            && !["name", "ref", "path", "file", "key"].iter().any(|end| lower.ends_with(end))
}

fn hide_all(node: &mut Node, secrets: &mut Vec<String>) {
    match &mut node.data {
        Data::Map(entries) => entries.values_mut().for_each(|entry| hide_all(&mut entry.value, secrets)),
        Data::List(items) => items.iter_mut().for_each(|item| hide_all(item, secrets)),
        _ => hide(node, secrets),
    }
}

fn hide(node: &mut Node, secrets: &mut Vec<String>) {
    if !node.says_nothing() {
        secrets.extend(node.as_str().map(str::to_owned));
        node.data = Data::String(MASK.to_owned());
    }
}
