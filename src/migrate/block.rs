//! Entries that are written anew, and the comments that they had.

use std::ops::Range;

use super::lines::{commented, moved};
use crate::schema::{Path, Step};
use crate::yaml::{self, Data, Entry, Map, Node};

/// An entry in block style, from a column on.
pub fn entry(key: &str, value: &Node, column: usize) -> String {
    let map = Map::from_iter([(key.to_owned(), Entry { key: None, value: value.clone() })]);
    moved(&yaml::write(&Node::new(Data::Map(map))), 0, column)
}

/// Why a key is a comment; with the key, if it does not stand right below.
pub fn reason(path: Option<&Path>, reason: &str, column: usize) -> String {
    let mut letters = reason.chars();
    let text = match (path, letters.next()) {
        (Some(path), Some(first)) => format!("`{path}`: {}{}", first.to_lowercase(), letters.as_str()),
        _ => reason.to_owned(),
    };
    format!("{}# {text}\n", " ".repeat(column))
}

/// A key that is a comment now: why, and what stood there.
pub fn remark(path: &Path, why: &str, value: &Node, column: usize) -> String {
    let Some(Step::Key(key)) = path.0.last() else { return String::new() };
    reason(Some(path), why, column) + &commented(&entry(key, value, column), column)
}

/// The comments within a part of a text, each as a line from a column on. What is within a scalar is no comment.
pub fn comments(text: &str, part: Range<usize>, root: &Node, column: usize) -> String {
    let mut scalars = Vec::new();
    collect_scalars(root, &mut scalars);
    let mut found = String::new();
    let mut at = part.start;
    while let Some(length) = text[at..part.end].find('#') {
        let start = at + length;
        let is_first = text[..start].chars().next_back().is_none_or(char::is_whitespace);
        let is_comment = is_first && !scalars.iter().any(|scalar| scalar.contains(&start));
        let end = text[start..part.end].find('\n').map_or(part.end, |line_break| start + line_break);
        if is_comment {
            found.push_str(&[" ".repeat(column).as_str(), text[start..end].trim_end(), "\n"].concat());
        }
        at = if is_comment { end } else { start + 1 };
    }
    found
}

/// The places of all keys and scalars of a tree.
fn collect_scalars(node: &Node, found: &mut Vec<Range<usize>>) {
    match &node.data {
        Data::Map(entries) => {
            for Entry { key, value } in entries.values() {
                found.extend(key.map(yaml::Origin::span));
                collect_scalars(value, found);
            }
        }
        Data::List(items) => items.iter().for_each(|item| collect_scalars(item, found)),
        _ => found.push(node.span()),
    }
}
