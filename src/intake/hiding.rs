//! What to hide of anyone's objects: the data of Secrets, and what a name or a form tells to be one.

use std::ops::Range;

use crate::kubernetes::{DATA, LAST_APPLIED};
use crate::schema::{is_near, is_secret_argument, is_secret_entry, says_secret, sounds_secret};
use crate::source::MASK;
use crate::yaml::{Data, Node, Origin};

/// The byte ranges of all that is a secret in the documents of a text, or may be one.
pub fn of_documents(text: &str, documents: &[Node]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for document in documents {
        collect(document, false, &mut found);
    }
    let options = of_options(text).into_iter().map(|(_, span)| span);
    let apart: Vec<_> = options.filter(|span| found.iter().all(|other| other.end <= span.start || span.end <= other.start)).collect();
    found.extend(apart);
    found
}

/// What to hide of a text that is no YAML: all behind the first colon of each line in a text that has a Secret, of a line that sounds
/// like one, and of a `value`, whose name stands elsewhere.
pub fn of_text(text: &str) -> Vec<Range<usize>> {
    let has_secret = text.contains("Secret");
    let mut hidden = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim_end();
        let key = body.split(':').next().unwrap_or_default().trim_matches(|c: char| !c.is_alphanumeric());
        if has_secret || says_secret(body) || is_near(key, "value") {
            let from = body.find(':').map_or(0, |colon| colon + 1);
            hidden.push(start + from..start + body.len());
        }
        start += line.len();
    }
    hidden
}

/// Collects what to hide below a node, which may be an item of a list of Secrets.
fn collect(node: &Node, is_item: bool, found: &mut Vec<Range<usize>>) {
    match &node.data {
        Data::Map(entries) => {
            let is_secret = is_item || node.text(&["kind"]).is_some_and(|kind| kind.to_lowercase().contains("secret"));
            for (key, entry) in entries {
                if is_secret && DATA.iter().any(|data| is_near(key, data)) {
                    hide(&entry.value, found);
                } else if key == LAST_APPLIED || is_secret_entry(node, key) {
                    found.push(entry.value.span());
                } else {
                    collect(&entry.value, is_secret && key == "items", found);
                }
            }
        }
        Data::List(items) => {
            for (index, item) in items.iter().enumerate() {
                if is_secret_argument(items, index) { found.push(item.span()) } else { collect(item, is_item, found) }
            }
        }
        Data::String(text) if has_secret(&without_options(text)) => found.push(node.span()),
        _ => {}
    }
}

/// The values of the options in a text, line by line as airflow.cfg has them, whose names sound like secrets; each with the name.
pub fn of_options(text: &str) -> Vec<(&str, Range<usize>)> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim_end();
        if let Some((name, value)) = body.split_once('=') {
            let (name, value) = (name.trim(), value.trim_start());
            let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
            if is_name && sounds_secret(name) && !["", "True", "False", "true", "false"].contains(&value) {
                found.push((name, start + body.len() - value.len()..start + body.len()));
            }
        }
        start += line.len();
    }
    found
}

/// A text without those values.
pub fn without_options(text: &str) -> String {
    let mut shown = text.to_owned();
    for (_, span) in of_options(text).into_iter().rev() {
        shown.replace_range(span, MASK);
    }
    shown
}

/// Hides the data of a Secret, and shows the names in it; one without a value may be a secret.
fn hide(data: &Node, found: &mut Vec<Range<usize>>) {
    let Some(entries) = data.as_map() else { return found.push(data.span()) };
    for entry in entries.values() {
        let key = entry.key.filter(|_| entry.value.is_null());
        found.push(key.map_or_else(|| entry.value.span(), Origin::span));
    }
}

/// Whether a text gives a secret a value, or is an address with a password in it.
pub fn has_secret(text: &str) -> bool {
    let gives = |word: &str| word.split_once('=').is_some_and(|(name, value)| !value.is_empty() && says_secret(name));
    let logs_in = |address: &str| address.split('/').next().is_some_and(|host| host.contains('@'));
    text.split_whitespace().any(gives) || text.split("://").skip(1).any(logs_in)
}
