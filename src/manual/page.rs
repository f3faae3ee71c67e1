//! A page about a key: what it takes, its default, what it means, and the keys below it.

use serde_json::Value;

use super::document::Document;
use super::text::{cut, wrapped};
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
            return Err(unknown(&join(&shown, key), key, &shown, &known));
        };
        node = found.1;
        shown = join(&shown, key) + if is_list(&document, node) { "[]" } else { "" };
    }
    let mut page = if shown.is_empty() { String::new() } else { head(&document, node, &shown, layout.width) };
    let mut rows = Vec::new();
    collect(&document, node, 0, layout.recursive, &mut rows);
    if !rows.is_empty() {
        page += if page.is_empty() { "" } else { "\nKEYS:\n" };
        page += &table(&rows, layout.width);
    }
    Ok(page)
}

/// Names and what is said of them, a line each.
fn table(rows: &[(String, String)], width: usize) -> String {
    let longest = rows.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    let room = width.saturating_sub(longest + 4).max(20);
    rows.iter().map(|(name, about)| format!("  {name:longest$}  {}\n", cut(about, room))).collect()
}

fn unknown(path: &str, key: &str, parent: &str, known: &[(&str, &Value)]) -> Error {
    let error = Diagnostic::new(format!("unknown key `{path}`")).coded(code::USAGE);
    let near = nearest(key, known.iter().map(|(name, _)| *name));
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
    let mut lines = vec![("KEY", path.to_owned()), ("TYPE", kind(document, node))];
    let default = &node["default"];
    if !default.is_null() {
        lines.push(("DEFAULT", default.as_str().filter(|text| !text.is_empty()).map_or_else(|| default.to_string(), str::to_owned)));
    }
    if let Some(instead) = node["deprecationMessage"].as_str() {
        lines.push(("DEPRECATED", instead.to_owned()));
    }
    let mut page = String::new();
    for (name, text) in lines {
        page += &wrapped(&text, &format!("{:12}", format!("{name}:")), "            ", width);
    }
    for about in abouts(document, node) {
        page += "\n";
        page += &wrapped(about, "", "", width);
    }
    let choice = |form: &&Value| Some((form["const"].as_str()?.to_owned(), form["description"].as_str()?.to_owned()));
    let choices: Vec<_> = document.forms(node).iter().filter_map(choice).collect();
    if !choices.is_empty() {
        page += "\nVALUES:\n";
        let longest = choices.iter().map(|(word, _)| word.len()).max().unwrap_or_default();
        for (word, about) in choices {
            page += &wrapped(&about, &format!("  {word:longest$}  "), &" ".repeat(longest + 4), width);
        }
    }
    page
}

/// What is said of a key, and then of what it holds.
fn abouts<'d>(document: &'d Document, node: &'d Value) -> Vec<&'d str> {
    let mut found: Vec<&str> = Vec::new();
    for about in document.forms(node).into_iter().filter(|form| form["const"].is_null()).filter_map(|form| form["description"].as_str()) {
        let begins = |long: &str, short: &str| long.starts_with(short.trim_end_matches('.'));
        match found.iter_mut().find(|known| begins(about, known) || begins(known, about)) {
            Some(known) if known.len() < about.len() => *known = about,
            Some(_) => {}
            None => found.push(about),
        }
    }
    found
}

/// What a key takes, in words.
fn kind(document: &Document, node: &Value) -> String {
    let forms = document.forms(node);
    let mut words: Vec<String> = Vec::new();
    let mut add = |word: String| {
        if !words.contains(&word) {
            words.push(word);
        }
    };
    for form in &forms {
        let listed = form["enum"].as_array().into_iter().flatten().chain([&form["const"]]);
        let choices: Vec<&str> = listed.filter_map(Value::as_str).collect();
        if !choices.is_empty() {
            for choice in choices {
                add(format!("`{choice}`"));
            }
            continue;
        }
        if let Some(form) = form["patternErrorMessage"].as_str() {
            add(form.trim_start_matches("must be ").to_owned());
            continue;
        }
        let types = [&form["type"]].into_iter().chain(form["type"].as_array().into_iter().flatten());
        for name in types.filter_map(Value::as_str) {
            match name {
                "integer" | "number" => add(number(form, name)),
                "boolean" => add("`true` or `false`".to_owned()),
                "string" => add("a text".to_owned()),
                "array" => add(format!("a list, of which each item is {}", kind(document, &form["items"]))),
                "object" => add("a map".to_owned()),
                _ => {}
            }
        }
    }
    let of = forms.iter().find_map(|form| form["$ref"].as_str()?.rsplit_once('.').filter(|(api, _)| api.contains("io.k8s")));
    let whole = match words.as_slice() {
        [] => "anything".to_owned(),
        [first @ .., last] if !first.is_empty() && !words.iter().any(|word| word.contains(',')) => {
            format!("{} or {last}", first.join(", "))
        }
        several => several.join(", or "),
    };
    match of {
        Some((_, name)) => format!("{whole} (Kubernetes: {name})"),
        None => whole,
    }
}

fn number(form: &Value, name: &str) -> String {
    let whole = if name == "integer" { "a whole number" } else { "a number" };
    let bound = |key: &str| form[key].as_i64().filter(|bound| *bound != i64::from(i32::MAX));
    match (bound("minimum"), bound("maximum")) {
        (Some(least), Some(most)) => format!("{whole} from {least} to {most}"),
        (Some(least), None) => format!("{whole}, {least} or more"),
        (None, Some(most)) => format!("{whole}, {most} or less"),
        (None, None) => whole.to_owned(),
    }
}

/// The keys below a key, of the items if it is a list; `*` stands for any key.
fn below<'d>(document: &'d Document, node: &'d Value) -> Vec<(&'d str, &'d Value)> {
    let mut found = Vec::new();
    for form in document.forms(node) {
        found.extend(form["properties"].as_object().into_iter().flatten().map(|(key, below)| (key.as_str(), below)));
        if form["additionalProperties"].is_object() {
            found.push(("*", &form["additionalProperties"]));
        }
        if form["items"].is_object() {
            found.extend(below(document, &form["items"]));
        }
    }
    found
}

fn is_list(document: &Document, node: &Value) -> bool {
    document.forms(node).iter().any(|form| form["items"].is_object())
}

/// The lines of the keys below a key. Those of Kubernetes' own objects are listed one level deep.
fn collect(document: &Document, node: &Value, depth: usize, recursive: bool, rows: &mut Vec<(String, String)>) {
    for (key, property) in below(document, node) {
        let is_own = document.forms(property).iter().all(|form| !form["$ref"].as_str().is_some_and(|name| name.contains("io.k8s")));
        let list = if is_list(document, property) { "[]" } else { "" };
        let about = match (property["deprecationMessage"].as_str(), abouts(document, property).first()) {
            (Some(instead), _) => format!("Deprecated: {instead}."),
            (None, Some(about)) => (*about).to_owned(),
            (None, None) => kind(document, property),
        };
        // A map of texts alone says nothing by its `*`.
        if key != "*" || !below(document, property).is_empty() || depth == 0 {
            rows.push((format!("{}{key}{list}", "  ".repeat(depth)), about));
        }
        if recursive && is_own {
            collect(document, property, depth + 1, recursive, rows);
        }
    }
}

fn join(parent: &str, key: &str) -> String {
    if parent.is_empty() { key.to_owned() } else { format!("{parent}.{key}") }
}
