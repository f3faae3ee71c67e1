//! What to hide of anyone's objects: the data of Secrets, and what a name or a form tells to be one.

use std::ops::Range;

use crate::kubernetes::DATA;
use crate::schema::says_secret;
use crate::yaml::{Data, Node, Origin};

/// What `kubectl apply` was given the last time, whole.
const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

/// The byte ranges of all that is a secret in the documents of a text, or may be one.
pub fn of_documents(documents: &[Node]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for document in documents {
        collect(document, "", &mut found);
    }
    found
}

/// What to hide of a text that is no YAML: all behind the first colon of each line in a text that has a Secret, or of
/// a line that sounds like one.
pub fn of_text(text: &str) -> Vec<Range<usize>> {
    let has_secret = text.contains("Secret");
    let mut hidden = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim_end();
        if has_secret || says_secret(body) {
            let from = body.find(':').map_or(0, |colon| colon + 1);
            hidden.push(start + from..start + body.len());
        }
        start += line.len();
    }
    hidden
}

fn collect(node: &Node, key: &str, found: &mut Vec<Range<usize>>) {
    match &node.data {
        Data::Map(entries) => {
            let is_secret = node.text(&["kind"]).is_some_and(|kind| kind.to_lowercase().contains("secret"));
            let is_of_secret = node.text(&["name"]).is_some_and(says_secret);
            for (key, entry) in entries {
                if is_secret && DATA.iter().any(|data| is_like(key, data)) {
                    hide(&entry.value, found);
                } else if key == LAST_APPLIED || is_of_secret && key == "value" {
                    found.push(entry.value.span());
                } else {
                    collect(&entry.value, key, found);
                }
            }
        }
        Data::List(items) => {
            for item in items {
                collect(item, "", found);
            }
        }
        // Names of Secrets are none.
        Data::String(text) if says_secret(key) && !key.ends_with("Name") && !key.ends_with("Ref") || has_secret(text) => {
            found.push(node.span());
        }
        _ => {}
    }
}

/// Hides the data of a Secret, and shows the names in it; one without a value may be a secret.
fn hide(data: &Node, found: &mut Vec<Range<usize>>) {
    let Some(entries) = data.as_map() else { return found.push(data.span()) };
    for entry in entries.values() {
        let key = entry.key.filter(|_| entry.value.is_null());
        found.push(key.map_or_else(|| entry.value.span(), Origin::span));
    }
}

/// Whether a key is that of data, or a slip of it.
fn is_like(key: &str, data: &str) -> bool {
    strsim::osa_distance(key, data) <= 1 + data.len() / 4
}

/// Whether a text gives a secret a value, or is an address with a password in it.
pub fn has_secret(text: &str) -> bool {
    let gives = |word: &str| word.split_once('=').is_some_and(|(name, value)| !value.is_empty() && says_secret(name));
    let logs_in = |address: &str| address.split('/').next().is_some_and(|host| host.contains('@'));
    text.split_whitespace().any(gives) || text.split("://").skip(1).any(logs_in)
}
