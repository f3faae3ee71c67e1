//! The page about all keys, in Markdown: a section for each key of the top that holds others, and a place to link to for each key.

use std::collections::HashSet;
use std::fmt::Write as _;

use super::document::Document;
use super::key::{Below, Key, all_below};
use super::text::wrapped;
use crate::values::Edition;
use crate::yaml;

/// The most characters of a line.
const WIDTH: usize = 120;

/// The most characters of a default within a line; a longer one is a block.
const SHORT: usize = 80;

/// With how many keys in common the items of a list are like what holds the list.
const ALIKE: usize = 5;

/// The page.
pub fn page(edition: Edition) -> String {
    let document = Document::of(edition);
    let keys = Keys(all_below(&document, document.root(), "", true));
    let told = keys.told();
    let parts: Vec<&[&Below<'_>]> = told.chunk_by(|_, next| next.depth > 0).collect();
    let (alone, sections): (Vec<_>, Vec<_>) = parts.into_iter().partition(|part| part.len() == 1);
    let mut page = head(edition);
    let _ = writeln!(page, "\n- [keys by themselves](#keys-by-themselves)");
    for section in &sections {
        let about = Key::of(&document, section[0].node).meaning.into_iter().next().unwrap_or_default();
        let (name, about) = (name(section[0]), about.split(". ").next().unwrap_or_default().trim_end_matches('.'));
        page += &wrapped(&format!("[{name}](#{}): {about}", name.to_lowercase()), "- ", "  ", WIDTH);
    }
    let _ = writeln!(page, "\n## Keys by themselves\n");
    page.extend(alone.into_iter().flatten().map(|key| entry(&document, key, None)));
    for section in &sections {
        let _ = writeln!(page, "\n## {}\n", name(section[0]));
        page.extend(section.iter().map(|key| entry(&document, key, keys.of_items(key))));
    }
    page
}

/// All keys.
struct Keys<'d>(Vec<Below<'d>>);

impl<'d> Keys<'d> {
    /// Those to tell of: all but what the items of a list have in common with what holds the list.
    fn told(&self) -> Vec<&Below<'d>> {
        let paths: HashSet<&str> = self.0.iter().map(|key| key.path.as_str()).collect();
        let lists: HashSet<&str> = paths.iter().copied().filter(|list| !self.beside(list).0.is_empty()).collect();
        let has_twin = |path: &str| {
            let mut ways = path.match_indices("[].").map(|(at, _)| (&path[..at], &path[at + 3..]));
            ways.any(|(list, rest)| lists.contains(&*format!("{list}[]")) && paths.contains(&*format!("{}{rest}", holder(list))))
        };
        self.0.iter().filter(|key| !has_twin(&key.path)).collect()
    }

    /// Of a list the keys of its items that stand beside it too, and those beside it that the items do not have; nothing, if there are
    /// few of the former.
    fn beside(&self, list: &str) -> (Vec<&str>, Vec<&str>) {
        let Some(list) = list.strip_suffix("[]") else { return Default::default() };
        let names = |start: &str| -> Vec<&str> {
            self.0.iter().filter_map(|key| key.path.strip_prefix(start)).filter(|rest| !rest.contains('.')).collect()
        };
        let (items, beside) = (names(&format!("{list}[].")), names(holder(list)));
        let (common, other): (Vec<&str>, Vec<&str>) = beside.into_iter().partition(|name| items.contains(name));
        if common.len() < ALIKE { Default::default() } else { (common, other) }
    }

    /// What is to be said of the items of a list.
    fn of_items(&self, key: &Below<'_>) -> Option<String> {
        let (common, other) = self.beside(&key.path);
        let other: Vec<String> = other.iter().map(|name| format!("`{}`", name.trim_end_matches("[]"))).collect();
        (!common.is_empty())
            .then(|| format!("An item takes the keys that stand beside it too, for itself, but for {}. Besides:", other.join(", ")))
    }
}

/// The path of what holds a list, with a dot at its end.
fn holder(list: &str) -> &str {
    list.rfind('.').map_or("", |at| &list[..=at])
}

/// What stands above the keys.
fn head(edition: Edition) -> String {
    let (title, others) = match edition {
        Edition::Current => ("Keys", "[Airflow 1.10](keys-1.10.md) has fewer."),
        Edition::V1_10 => ("Keys for Airflow 1.10", "[Airflow 2.11 and 3](keys.md) have more."),
    };
    let option = match edition {
        Edition::Current => String::new(),
        Edition::V1_10 => format!(" --edition {}", edition.name()),
    };
    let versions = edition.versions();
    let about = format!(
        "Every key of the values for Airflow {versions}: what it takes, its default, and what it means. {others} `gen explain KEY{option}` \
         prints the same in a terminal, and the keys of what Kubernetes defines."
    );
    let marks = "`[]` stands behind a key that holds a list, and what follows is a key of each item; `*` stands for any key. Each key is \
                 a place to link to, by its path without `[]`: `#scheduler.replicas`.";
    let made = "This page is made of the types of the values and their defaults: `UPDATE_GOLDEN=1 cargo test` writes it.";
    let paragraphs = [about.as_str(), marks, made].map(|text| wrapped(text, "", "", WIDTH));
    format!("# {title}\n\n{}", paragraphs.join("\n"))
}

/// A key of the top without what it holds.
fn name<'k>(key: &'k Below<'_>) -> &'k str {
    key.path.trim_end_matches("[]")
}

/// What is said of a key, an item of a list.
fn entry(document: &Document, below: &Below<'_>, more: Option<String>) -> String {
    let Key { takes, default, deprecated, meaning, choices } = Key::of(document, below.node);
    let path = &below.path;
    let (short, long) = match default {
        Some(default) if default.len() > SHORT || default.contains(['\n', '`']) => (None, Some(default)),
        short => (short, None),
    };
    let short = short.map(|default| format!("; default: `{default}`")).unwrap_or_default();
    let first = format!("**`{path}`**: {takes}{short}");
    let instead = deprecated.map(|instead| format!("Deprecated: {instead}."));
    let mut lines = vec![first];
    lines.extend(instead.into_iter().chain(meaning));
    lines.extend(more);
    lines.extend(choices.into_iter().map(|(word, about)| format!("`{word}`: {about}")));
    let last = lines.len() - 1;
    // A place to link to, which nobody sees.
    let mut written = format!("- <a id=\"{}\"></a>", path.replace("[]", ""));
    for (at, line) in lines.into_iter().enumerate() {
        // A backslash at the end breaks the line.
        let line = if at < last { line + "\\" } else { line };
        written += &wrapped(&line, if at == 0 { "" } else { "  " }, "  ", WIDTH);
    }
    if let Some(default) = long {
        // A default is a text, or JSON, which is YAML.
        let (notation, default) = match yaml::read(&default, 0) {
            Ok(read) if !below.node["default"].is_string() => ("yaml", read.iter().map(yaml::write).collect()),
            _ => ("text", default),
        };
        let lines: String = default.lines().map(|line| format!("  {line}").trim_end().to_owned() + "\n").collect();
        let _ = write!(written, "\n  Default:\n\n  ```{notation}\n{lines}  ```\n\n");
    }
    written
}
