//! A page about a key: what it takes, its default, what it means, and the keys below it.

use serde_json::Value;

use super::document::Document;
use super::key::{Below, Key, abouts, all_below, below, is_list, join, kind};
use super::text::{table, wrapped};
use crate::error::{Diagnostic, Error, code};
use crate::layers;
use crate::schema::nearest;
use crate::values::Edition;

/// How a page is written.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// The edition whose keys and defaults it has.
    pub edition: Edition,
    /// Whether all keys below are listed, and not the next ones alone.
    pub recursive: bool,
    /// The most characters of a line.
    pub width: usize,
}

/// The page about a key, or about all keys together if the path is empty.
///
/// # Errors
///
/// There is no such key.
pub fn key(path: &str, layout: Layout) -> Result<String, Error> {
    let document = Document::of(layout.edition);
    let keys: Vec<&str> = path.split(['.', '[', ']']).filter(|key| !key.is_empty() && key.bytes().any(|b| !b.is_ascii_digit())).collect();
    let mut node = document.root();
    let mut shown = String::new();
    for key in keys {
        let known = below(&document, node);
        let Some(found) = known.iter().find(|(name, _)| *name == key).or_else(|| known.iter().find(|(name, _)| *name == "*")) else {
            return Err(unknown((&join(&shown, key), path), key, &shown, &known, layout.edition));
        };
        node = found.1;
        shown = join(&shown, key) + if is_list(&document, node) { "[]" } else { "" };
    }
    let mut page = if shown.is_empty() { String::new() } else { head(&document, node, &shown, layout.width) };
    let rows: Vec<_> = all_below(&document, node, &shown, layout.recursive).iter().map(|below| row(&document, below)).collect();
    if !rows.is_empty() {
        page += if page.is_empty() { "" } else { "\nKEYS:\n" };
        page += &table(&rows, layout.width);
    }
    Ok(page)
}

/// The most keys that a message lists.
const MOST_LISTED: usize = 6;

fn unknown((path, whole): (&str, &str), key: &str, parent: &str, known: &[(&str, &Value)], edition: Edition) -> Error {
    let error = Diagnostic::new(format!("unknown key `{path}`")).coded(code::USAGE);
    let near = nearest(key, known.iter().map(|(name, _)| *name));
    let ending = layers::keys_ending(edition, whole);
    let ending = if ending.is_empty() { layers::keys_ending(edition, key) } else { ending };
    let error = match ending.as_slice() {
        [] => error,
        keys => {
            let listed = keys.iter().take(MOST_LISTED).map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
            let more = keys.len().saturating_sub(MOST_LISTED);
            error.note(if more > 0 { format!("there are {listed} and {more} more") } else { format!("there is {listed}") })
        }
    };
    match (near, layers::help(path)) {
        (Some(near), _) => error.help(format!("did you mean `{}`?", join(parent, near))),
        (None, Some(help)) => error.help(help),
        (None, None) if parent.is_empty() => error.help("`gen explain` lists the keys"),
        (None, None) => error.help(format!("`gen explain {parent}` lists the keys there")),
    }
    .into()
}

/// The lines at the top of a page, and what the key means.
fn head(document: &Document, node: &Value, path: &str, width: usize) -> String {
    let Key { takes, default, deprecated, meaning, choices } = Key::of(document, node);
    let mut lines = vec![("KEY", path.to_owned()), ("TYPE", takes)];
    lines.extend(default.map(|default| ("DEFAULT", default)));
    lines.extend(deprecated.map(|instead| ("DEPRECATED", instead.to_owned())));
    let mut page = String::new();
    for (name, text) in lines {
        page += &wrapped(&text, &format!("{:12}", format!("{name}:")), "            ", width);
    }
    for about in meaning {
        page += "\n";
        page += &wrapped(&about, "", "", width);
    }
    if !choices.is_empty() {
        page += "\nVALUES:\n";
        let longest = choices.iter().map(|(word, _)| word.len()).max().unwrap_or_default();
        for (word, about) in choices {
            page += &wrapped(about, &format!("  {word:longest$}  "), &" ".repeat(longest + 4), width);
        }
    }
    page
}

/// The line of a key in a list of keys: its name, and what it is about.
fn row(document: &Document, below: &Below<'_>) -> (String, String) {
    let Below { name, depth, node, .. } = below;
    let about = match (node["deprecationMessage"].as_str(), abouts(document, node).first()) {
        (Some(instead), _) => format!("Deprecated: {instead}."),
        (None, Some(about)) => (*about).to_owned(),
        (None, None) => kind(document, node),
    };
    (format!("{}{name}", "  ".repeat(*depth)), about)
}
