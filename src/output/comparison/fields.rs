//! The fields in which two objects differ, a line each.

use std::fmt::Write as _;

use similar::TextDiff;

use super::hidden::Hidden;
use crate::schema::{Path, Step};
use crate::source::MASK;
use crate::yaml::{self, Data, Map, Node};

/// The keys by which the items of a list are told apart, where each has its own.
const NAMES: [&str; 2] = ["name", "mountPath"];

/// The fields in which one object differs from another.
pub fn differences(before: &Node, after: &Node, hidden: &Hidden) -> String {
    let is_secret = before.text(&["kind"]) == Some("Secret");
    let mut fields = Fields { is_secret, hidden, at: Vec::new(), text: String::new() };
    fields.compare(Some(before), Some(after));
    fields.text
}

struct Fields<'h> {
    is_secret: bool,
    hidden: &'h Hidden,
    at: Vec<String>,
    text: String,
}

impl Fields<'_> {
    fn compare(&mut self, before: Option<&Node>, after: Option<&Node>) {
        match (before, after) {
            (Some(before), Some(after)) if before.is_same(after) => {}
            (Some(Node { data: Data::Map(before), .. }), Some(Node { data: Data::Map(after), .. })) => self.maps(before, after),
            (Some(Node { data: Data::List(before), .. }), Some(Node { data: Data::List(after), .. })) => self.lists(before, after),
            (before, after) => self.field(before, after),
        }
    }

    fn maps(&mut self, before: &Map, after: &Map) {
        for key in before.keys().chain(after.keys().filter(|key| !before.contains_key(*key))) {
            self.at.push(Path(vec![Step::Key(key.clone())]).to_string());
            self.compare(before.get(key).map(|entry| &entry.value), after.get(key).map(|entry| &entry.value));
            self.at.pop();
        }
    }

    /// Items that have names are told apart by these, others by their places.
    fn lists(&mut self, before: &[Node], after: &[Node]) {
        let Some(key) = NAMES.into_iter().find(|key| is_unique(before, key) && is_unique(after, key)) else {
            for index in 0..before.len().max(after.len()) {
                self.item(&index.to_string(), before.get(index), after.get(index));
            }
            return;
        };
        let name = |item: &Node| item.text(&[key]).unwrap_or_default().to_owned();
        for item in before {
            self.item(&name(item), Some(item), after.iter().find(|other| name(other) == name(item)));
        }
        for item in after.iter().filter(|item| !before.iter().any(|other| name(other) == name(item))) {
            self.item(&name(item), None, Some(item));
        }
    }

    fn item(&mut self, name: &str, before: Option<&Node>, after: Option<&Node>) {
        let last = self.at.pop().unwrap_or_default();
        self.at.push(format!("{last}[{name}]"));
        self.compare(before, after);
        self.at.pop();
        self.at.push(last);
    }

    fn field(&mut self, before: Option<&Node>, after: Option<&Node>) {
        if let Some((before, after)) = before.and_then(yaml_of).zip(after.and_then(yaml_of)) {
            return self.yaml(&before, &after);
        }
        let path = self.at.join(".");
        let is_data = self.is_secret && self.at.first().is_some_and(|first| first == "data" || first == "stringData");
        let is_hidden = is_data || [before, after].into_iter().flatten().any(|node| self.holds_secret(node));
        let value = |node: &Node| if is_hidden { MASK.to_owned() } else { shown(node) };
        let text = match (before, after) {
            (Some(_), Some(_)) if is_hidden => format!("~ {path}: {MASK} (changed)"),
            (Some(Node { data: Data::String(before), .. }), Some(Node { data: Data::String(after), .. }))
                if before.contains('\n') || after.contains('\n') =>
            {
                format!("~ {path}:{}", lines(before, after))
            }
            (Some(before), Some(after)) => format!("~ {path}: {} -> {}", value(before), value(after)),
            (Some(before), None) => format!("- {path}: {}", value(before)),
            (None, Some(after)) => format!("+ {path}: {}", value(after)),
            (None, None) => return,
        };
        let _ = writeln!(self.text, "    {text}");
    }

    /// Texts of YAML, field by field.
    fn yaml(&mut self, before: &Node, after: &Node) {
        if before.is_same(after) {
            let _ = writeln!(self.text, "    ~ {}: the same, written otherwise", self.at.join("."));
        } else {
            let end = self.at.pop().unwrap_or_default();
            self.at.push(format!("{end} |"));
            self.compare(Some(before), Some(after));
            self.at.pop();
            self.at.push(end);
        }
    }

    fn holds_secret(&self, node: &Node) -> bool {
        match &node.data {
            Data::Map(entries) => entries.values().any(|entry| self.holds_secret(&entry.value)),
            Data::List(items) => items.iter().any(|item| self.holds_secret(item)),
            _ => self.hidden.is_in(&node.scalar()),
        }
    }
}

/// A value on one line. Of a checksum the beginning is enough.
fn shown(node: &Node) -> String {
    const LENGTH: usize = 64;
    match node.as_str() {
        Some(text) if text.len() == LENGTH && text.bytes().all(|byte| byte.is_ascii_hexdigit()) => format!("{}...", &text[..8]),
        _ => serde_json::to_string(node).unwrap_or_default(),
    }
}

/// The map that a text of several lines is the YAML of.
fn yaml_of(node: &Node) -> Option<Node> {
    let text = node.as_str().filter(|text| text.trim_end().contains('\n'))?;
    let mut documents = yaml::read(text, 0).ok()?;
    documents.retain(|document| !document.is_null());
    let mut document = documents.pop().filter(|document| documents.is_empty() && document.as_map().is_some())?;
    yaml::tidy(&mut document);
    Some(document)
}

/// Whether each item of a list has a text of its own at a key.
fn is_unique(list: &[Node], key: &str) -> bool {
    let names: Option<Vec<&str>> = list.iter().map(|item| item.text(&[key])).collect();
    names.is_some_and(|mut names| {
        names.sort_unstable();
        names.windows(2).all(|pair| pair[0] != pair[1])
    })
}

/// The lines in which texts differ, each with its neighbours; `...` stands for those between.
fn lines(before: &str, after: &str) -> String {
    let diff = TextDiff::from_lines(before, after).unified_diff().context_radius(1).to_string();
    let kept = diff.lines().skip(1).filter(|line| !line.starts_with('\\'));
    kept.map(|line| format!("\n        {}", if line.starts_with("@@") { "..." } else { line.trim_end() })).collect()
}
