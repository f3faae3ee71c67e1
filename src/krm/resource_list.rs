//! The list that a function gets and gives. Of what is not the function's, each line stays as it is.

use std::fmt::Write as _;

use super::Item;
use crate::error::{Diagnostic, Error, code};
use crate::source::{Text, line_and_column};
use crate::yaml::{self, Data, Entry, Map, Node};

/// The kind of the list.
const KIND: &str = "ResourceList";

/// A list of objects, as it came in.
#[derive(Debug)]
pub struct ResourceList {
    text: String,
    list: Node,
}

impl ResourceList {
    /// Reads the list.
    ///
    /// # Errors
    ///
    /// What is no list of this kind.
    pub fn read(text: &Text) -> Result<Self, Error> {
        let decoded = text.decoded().map_err(|error| Error::from(*error))?;
        let wrong = || Diagnostic::new(format!("{} is no `{KIND}`", text.name)).coded(code::NOT_A_FUNCTION_INPUT);
        let documents = yaml::read(decoded, 0).map_err(|error| {
            let (line, column) = line_and_column(decoded, error.span.start);
            // The line itself may hold a secret.
            wrong().note(format!("line {line}, column {column}: {}", error.label))
        })?;
        match <[Node; 1]>::try_from(documents) {
            Ok([list]) if list.text(&["kind"]) == Some(KIND) => match no_objects(&list) {
                Some(why) => Err(wrong().note(why).into()),
                None => Ok(Self { text: decoded.to_owned(), list }),
            },
            _ => Err(wrong().help("kustomize and kpt run `gen krm` as a function; `gen -f values.yaml` prints manifests").into()),
        }
    }

    /// Its objects.
    #[must_use]
    pub fn items(&self) -> &[Node] {
        self.list.items(&["items"])
    }

    /// What the function has to do.
    #[must_use]
    pub fn function_config(&self) -> Option<&Node> {
        self.list.get("functionConfig").filter(|config| !config.is_null())
    }

    /// The list with these items, and with what is to be told of them.
    #[must_use]
    pub fn with(&self, items: &[Item], results: Vec<Node>) -> String {
        self.by_lines(items, &results).unwrap_or_else(|| self.anew(items, results))
    }

    /// It with the lines of all that stays; nothing, if it is not written in blocks.
    fn by_lines(&self, items: &[Item], results: &[Node]) -> Option<String> {
        let entries = self.list.as_map()?;
        let mut starts = Vec::new();
        for entry in entries.values() {
            let start = entry.key?.span().start;
            starts.push(Some(start).filter(|start| self.line(*start) == *start)?);
        }
        let ends = starts.iter().skip(1).copied().chain([self.text.len()]);
        let mut text = self.text[..*starts.first()?].to_owned();
        for ((key, start), end) in entries.keys().zip(&starts).zip(ends) {
            match key.as_str() {
                "items" => text += &self.items_by_lines(items, end)?,
                "results" => {}
                _ => add_lines(&mut text, &self.text[*start..end]),
            }
        }
        if !entries.contains_key("items") {
            text += &self.items_by_lines(items, self.text.len())?;
        }
        if !results.is_empty() {
            text += "results:\n";
            for one in results {
                add_item(&mut text, one, "");
            }
        }
        Some(text)
    }

    /// The items with the lines of those that stay; `end` is where the last one that came in ends.
    fn items_by_lines(&self, items: &[Item], end: usize) -> Option<String> {
        let dashes = self.items().iter().map(|item| self.dash(item)).collect::<Option<Vec<usize>>>()?;
        let column = dashes.first().map_or(0, |dash| dash - self.line(*dash));
        if dashes.iter().any(|dash| dash - self.line(*dash) != column) {
            return None;
        }
        let mut text = if items.is_empty() { "items: []\n" } else { "items:\n" }.to_owned();
        for item in items {
            match item {
                Item::Kept(number) => {
                    let to = dashes.get(number + 1).map_or(end, |dash| self.line(*dash));
                    add_lines(&mut text, &self.text[self.line(dashes[*number])..to]);
                }
                Item::Made(object) => add_item(&mut text, object, &" ".repeat(column)),
            }
        }
        Some(text)
    }

    /// Where the line of a byte begins.
    fn line(&self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(0, |end| end + 1)
    }

    /// Where the dash of an item stands, if nothing but comments is between both.
    fn dash(&self, item: &Node) -> Option<usize> {
        let mut end = item.origin?.span().start;
        loop {
            let line = self.line(end);
            let before = &self.text[line..end];
            let said = before.trim();
            let is_comment = |text: &str| text.is_empty() || text.starts_with('#');
            if let Some(rest) = said.strip_prefix('-') {
                return is_comment(rest.trim_start()).then(|| line + before.find('-').unwrap_or_default());
            }
            // The end of the line above.
            end = line.checked_sub(1).filter(|_| is_comment(said))?;
        }
    }

    /// It written anew.
    fn anew(&self, items: &[Item], results: Vec<Node>) -> String {
        let object = |item: &Item| match item {
            Item::Kept(number) => self.items()[*number].clone(),
            Item::Made(object) => object.clone(),
        };
        let entry = |items: Vec<Node>| Entry { key: None, value: Node::new(Data::List(items)) };
        let mut entries: Map = self.list.as_map().cloned().unwrap_or_default();
        entries.insert("items".to_owned(), entry(items.iter().map(object).collect()));
        entries.shift_remove("results");
        if !results.is_empty() {
            entries.insert("results".to_owned(), entry(results));
        }
        yaml::write(&Node::new(Data::Map(entries)))
    }
}

/// Why the items of a list are no objects, if they are none.
fn no_objects(list: &Node) -> Option<String> {
    let items = list.get("items").filter(|items| !items.is_null())?;
    let Some(items) = items.as_list() else { return Some("its `items` are no list".to_owned()) };
    let number = items.iter().position(|item| item.as_map().is_none())?;
    Some(format!("`items[{number}]` is no object"))
}

/// Adds lines, the last one with its end.
fn add_lines(text: &mut String, lines: &str) {
    text.push_str(lines);
    if !lines.is_empty() && !lines.ends_with('\n') {
        text.push('\n');
    }
}

/// Adds an item of a list whose dashes stand behind a margin.
fn add_item(text: &mut String, item: &Node, margin: &str) {
    for (number, line) in yaml::write(item).lines().enumerate() {
        let dash = if number == 0 { "- " } else { "  " };
        let _ = if line.is_empty() { writeln!(text) } else { writeln!(text, "{margin}{dash}{line}") };
    }
}
