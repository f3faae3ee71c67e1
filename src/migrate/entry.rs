//! Where an entry of a map stands in its text, in whole lines.

use std::ops::Range;

use super::lines::{indent_of, is_blank, is_comment, line_end, line_start};
use crate::schema::{Path, Step};
use crate::yaml::{Data, Entry, Node, Origin};

/// An entry of a map in block style.
#[derive(Clone, Debug)]
pub struct Extent {
    /// The start of the comments right above it, which are about it.
    pub comments: usize,
    /// The start of the key's line.
    pub start: usize,
    /// The end of its last line, the line break included.
    pub end: usize,
    /// The column of the key.
    pub indent: usize,
    /// The key.
    pub key: Range<usize>,
}

/// Where the entry at a path stands. None, if it is not written in lines of its own: in a map in braces, behind an alias, by
/// way of a merge key, or behind the dash of a list.
pub fn extent(text: &str, root: &Node, path: &Path) -> Option<Extent> {
    let (key, value) = find(text, root, path)?;
    of_entry(text, key, value)
}

/// Where the entry of a key and its value stands. None, if it is not written in lines of its own.
pub fn of_entry(text: &str, key: Range<usize>, value: &Node) -> Option<Extent> {
    let start = line_start(text, key.start);
    if !is_blank(&text[start..key.start]) {
        return None;
    }
    let indent = key.start - start;
    Some(Extent { comments: above(text, start, indent), start, end: end(text, &key, value, indent), indent, key })
}

/// The column of the keys of a map in block style, and the end of its last entry.
pub fn last(text: &str, root: &Node, map: &Path) -> Option<(usize, usize)> {
    let node = map.get(root)?;
    let entries = node.as_map().filter(|_| is_block(text, node))?;
    let mut found: Option<(usize, usize)> = None;
    for Entry { key, value } in entries.values() {
        let key = own_key(node, key.map(Origin::span))?;
        let indent = key.start - line_start(text, key.start);
        let end = end(text, &key, value, indent);
        found = Some((indent, found.map_or(end, |(_, known)| known.max(end))));
    }
    found
}

/// Whether a map or list is written in block style, at its own place.
pub fn is_block(text: &str, node: &Node) -> bool {
    node.origin.is_some() && text[node.span().start..].starts_with(|c| !matches!(c, '{' | '[' | '*'))
}

/// Whether a node is an alias, or has one, or a merge key below it.
pub fn has_alias(text: &str, node: &Node) -> bool {
    if text[node.span().start..].starts_with('*') {
        return true;
    }
    match &node.data {
        Data::Map(entries) => {
            entries.values().any(|entry| own_key(node, entry.key.map(Origin::span)).is_none() || has_alias(text, &entry.value))
        }
        Data::List(items) => items.iter().any(|item| has_alias(text, item)),
        _ => false,
    }
}

/// The key and the value at the end of a path through block style.
fn find<'n>(text: &str, root: &'n Node, path: &Path) -> Option<(Range<usize>, &'n Node)> {
    let mut node = root;
    let mut found = None;
    for step in &path.0 {
        if !is_block(text, node) {
            return None;
        }
        match (step, &node.data) {
            (Step::Key(key), Data::Map(entries)) => {
                let entry = entries.get(key)?;
                found = Some((own_key(node, entry.key.map(Origin::span))?, &entry.value));
                node = &entry.value;
            }
            (Step::Index(index), Data::List(items)) => {
                node = items.get(*index)?;
                found = None;
            }
            _ => return None,
        }
    }
    found
}

/// A key that is written within its map, and did not come by a merge key.
fn own_key(map: &Node, key: Option<Range<usize>>) -> Option<Range<usize>> {
    let span = map.span();
    key.filter(|key| span.start <= key.start && key.end <= span.end)
}

/// The end of an entry's last line, with the comments that are indented below its key.
fn end(text: &str, key: &Range<usize>, value: &Node, indent: usize) -> usize {
    let mut end = line_end(text, end_of(text, value).unwrap_or(key.end).max(key.end));
    let mut at = end;
    while at < text.len() {
        let next = line_end(text, at);
        let line = &text[at..next];
        if is_comment(line) && indent_of(line) > indent {
            end = next;
        } else if !is_blank(line) {
            break;
        }
        at = next;
    }
    end
}

/// The end of a node's text; none, if it has none. The span of a collection in block style may reach to what follows it.
fn end_of(text: &str, node: &Node) -> Option<usize> {
    let span = node.span();
    let all = Some(span.start + text[span.clone()].trim_end().len()).filter(|end| *end > span.start);
    match &node.data {
        Data::Map(entries) if is_block(text, node) => {
            let keys: Option<Vec<_>> = entries.values().map(|entry| own_key(node, entry.key.map(Origin::span))).collect();
            let Some(keys) = keys else { return all };
            let ends = keys.iter().zip(entries.values()).map(|(key, entry)| end_of(text, &entry.value).unwrap_or(key.end).max(key.end));
            ends.max()
        }
        Data::List(items) if is_block(text, node) => items.iter().filter_map(|item| end_of(text, item)).max().or(all),
        _ => all,
    }
}

/// The start of the comments right above a line, with its indentation.
fn above(text: &str, start: usize, indent: usize) -> usize {
    let mut at = start;
    while at > 0 {
        let before = line_start(text, at - 1);
        let line = &text[before..at];
        if !is_comment(line) || indent_of(line) != indent {
            break;
        }
        at = before;
    }
    at
}
