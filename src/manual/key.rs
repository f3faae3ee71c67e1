//! What is said of a key: what it takes, its default, its meaning. Both pages, that of one key and that of all, are made of it.

use serde_json::Value;

use super::document::Document;

/// A key at its place.
pub(super) struct Key<'d> {
    /// What it takes, in words.
    pub takes: String,
    /// Its default, as it would be written.
    pub default: Option<String>,
    /// What is to be written in its place.
    pub deprecated: Option<&'d str>,
    /// What it means, and then what it holds. What `default` and `deprecated` say is not said again.
    pub meaning: Vec<String>,
    /// The words that it takes, with the meaning of each.
    pub choices: Vec<(&'d str, &'d str)>,
}

impl<'d> Key<'d> {
    /// What the document says of a schema.
    pub fn of(document: &'d Document, node: &'d Value) -> Self {
        let default = match &node["default"] {
            Value::Null => None,
            Value::String(text) if !text.is_empty() => Some(text.clone()),
            other => Some(other.to_string()),
        };
        let deprecated = node["deprecationMessage"].as_str();
        let is_said = |sentence: &&str| {
            default.as_ref().is_some_and(|default| says_default(sentence, default))
                || deprecated.is_some() && sentence.starts_with("Deprecated: ")
        };
        let meaning = abouts(document, node).into_iter().map(|about| {
            let kept: Vec<&str> = sentences(about).filter(|sentence| !is_said(sentence)).collect();
            kept.join(" ")
        });
        let meaning = meaning.filter(|about| !about.is_empty()).collect();
        let choice = |form: &'d Value| Some((form["const"].as_str()?, form["description"].as_str()?));
        let choices = document.forms(node).into_iter().filter_map(choice).collect();
        Self { takes: kind(document, node), default, deprecated, meaning, choices }
    }
}

/// The sentences of a text.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(". ").map(str::trim)
}

/// Whether a sentence says this default, for the edition at hand, and nothing else.
fn says_default(sentence: &str, default: &str) -> bool {
    let Some(said) = sentence.strip_prefix("Default: ").and_then(|said| said.strip_suffix('.')) else { return false };
    let is_it = |word: &str| word == default || word.strip_prefix('`').and_then(|word| word.strip_suffix('`')) == Some(default);
    match said.split_once("; of edition 1.10: ") {
        Some((one, other)) => is_it(one) || is_it(other),
        None => is_it(said),
    }
}

/// What is said of a key, and then of what it holds.
pub(super) fn abouts<'d>(document: &'d Document, node: &'d Value) -> Vec<&'d str> {
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
pub(super) fn kind(document: &Document, node: &Value) -> String {
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
    let bound = |key: &str| form[key].as_i64().filter(|bound| ![i32::MIN, i32::MAX].map(i64::from).contains(bound));
    match (bound("minimum"), bound("maximum")) {
        (Some(least), Some(most)) => format!("{whole} from {least} to {most}"),
        (Some(least), None) => format!("{whole}, {least} or more"),
        (None, Some(most)) => format!("{whole}, {most} or less"),
        (None, None) => whole.to_owned(),
    }
}

/// The keys below a key, of the items if it is a list; `*` stands for any key.
pub(super) fn below<'d>(document: &'d Document, node: &'d Value) -> Vec<(&'d str, &'d Value)> {
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

pub(super) fn is_list(document: &Document, node: &Value) -> bool {
    document.forms(node).iter().any(|form| form["items"].is_object())
}

/// Whether a key holds no object of Kubernetes' own, nor a list of such, whose keys the API's reference has.
fn is_own(document: &Document, node: &Value) -> bool {
    let forms = document.forms(node);
    let is_kubernetes = |form: &&Value| form["$ref"].as_str().is_some_and(|name| name.contains("io.k8s"));
    let items = forms.iter().map(|form| &form["items"]).filter(|items| items.is_object());
    !forms.iter().any(is_kubernetes) && items.into_iter().all(|items| is_own(document, items))
}

/// The path of a key below another.
pub(super) fn join(parent: &str, key: &str) -> String {
    if parent.is_empty() { key.to_owned() } else { format!("{parent}.{key}") }
}

/// A key below another one.
pub(super) struct Below<'d> {
    /// Its path, with `[]` behind each key that holds a list.
    pub path: String,
    /// The last part of its path.
    pub name: String,
    /// How many keys there are between the two.
    pub depth: usize,
    pub node: &'d Value,
}

/// The keys below a key, and with `recursive` all that are below those. Those of Kubernetes' own objects are listed one level deep.
pub(super) fn all_below<'d>(document: &'d Document, node: &'d Value, path: &str, recursive: bool) -> Vec<Below<'d>> {
    let mut found = Vec::new();
    collect(document, node, path, 0, recursive, &mut found);
    found
}

fn collect<'d>(document: &'d Document, node: &'d Value, path: &str, depth: usize, recursive: bool, found: &mut Vec<Below<'d>>) {
    for (key, node) in below(document, node) {
        let name = format!("{key}{}", if is_list(document, node) { "[]" } else { "" });
        let path = join(path, &name);
        // A map of texts alone says nothing by its `*`.
        if key != "*" || !below(document, node).is_empty() || depth == 0 {
            found.push(Below { path: path.clone(), name, depth, node });
        }
        if recursive && is_own(document, node) {
            collect(document, node, &path, depth + 1, recursive, found);
        }
    }
}
