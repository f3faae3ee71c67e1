//! A text that is to have another tree: what differs is written anew, the rest stays as it is.

use std::ops::Range;

use super::block;
use super::entry::{extent, has_alias, is_block, last};
use super::tree::read;
use crate::schema::{Path, Step};
use crate::yaml::{self, Map, Node};

/// What is to be said of a key that is a comment in the new text.
#[derive(Clone, Debug)]
pub struct Remark<'e> {
    /// The key.
    pub path: Path,
    /// Why it is one.
    pub reason: &'e str,
    /// What it said.
    pub value: Node,
}

/// The text with another tree: by the entries that differ; if that is not enough, by those with aliases too, so that no anchor
/// is needed any more; and at last as a whole.
pub fn patched(text: &str, old: &Node, new: &Node, remark: Option<&Remark<'_>>) -> String {
    let by_entries = [false, true].into_iter().find_map(|without_aliases| {
        let mut patch = Patch { text, root: old, without_aliases, remark, edits: Vec::new() };
        patch.map(old, new, &mut Path::default())?;
        Some(patch.applied()).filter(|text| read(text, 0).is_some_and(|tree| tree.is_same(new)))
    });
    let remark = || remark.map(|remark| remark.text(0)).unwrap_or_default();
    by_entries.unwrap_or_else(|| block::comments(text, 0..text.len(), old, 0) + &remark() + &yaml::write(new))
}

impl Remark<'_> {
    fn text(&self, column: usize) -> String {
        block::remark(&self.path, self.reason, &self.value, column)
    }
}

struct Patch<'t> {
    text: &'t str,
    root: &'t Node,
    without_aliases: bool,
    remark: Option<&'t Remark<'t>>,
    /// What takes the place of which bytes.
    edits: Vec<(Range<usize>, String)>,
}

impl Patch<'_> {
    /// Patches a map. None, if its entries do not stand in lines of their own.
    fn map(&mut self, old: &Node, new: &Node, path: &mut Path) -> Option<()> {
        let (before, after) = (block_map(self.text, old)?, new.as_map()?);
        let (column, end) = last(self.text, self.root, path)?;
        let known = self.edits.len();
        for (key, entry) in before {
            path.0.push(Step::Key(key.clone()));
            let done = self.entry(&entry.value, after.get(key).map(|entry| &entry.value), key, path);
            path.0.pop();
            if done.is_none() {
                self.edits.truncate(known);
                return None;
            }
        }
        let added: String = after
            .iter()
            .filter(|(key, _)| !before.contains_key(*key))
            .map(|(key, entry)| block::entry(key, &entry.value, column))
            .collect();
        if !added.is_empty() {
            self.edits.push((end..end, added));
        }
        Some(())
    }

    fn entry(&mut self, old: &Node, new: Option<&Node>, key: &str, path: &mut Path) -> Option<()> {
        let place = extent(self.text, self.root, path)?;
        let is_same = new.is_some_and(|new| new.is_same(old)) && !(self.without_aliases && has_alias(self.text, old));
        if is_same || new.is_some_and(|new| self.map(old, new, path).is_some()) {
            return Some(());
        }
        let kept = block::comments(self.text, place.start..place.end, self.root, place.indent);
        let remark = self.remark.filter(|remark| path.covers(&remark.path)).map(|remark| remark.text(place.indent));
        let text = kept + &remark.unwrap_or_default() + &new.map(|new| block::entry(key, new, place.indent)).unwrap_or_default();
        self.edits.push((place.start..place.end, text));
        Some(())
    }

    fn applied(mut self) -> String {
        // What is added stands behind what it is added to, which may have an edit that ends there.
        self.edits.sort_by_key(|(range, _)| (range.start, range.end));
        let mut text = String::new();
        let mut at = 0;
        for (range, new) in self.edits {
            text.push_str(&self.text[at..range.start]);
            text.push_str(&new);
            at = range.end;
        }
        text.push_str(&self.text[at..]);
        text
    }
}

/// The entries of a map in block style.
fn block_map<'n>(text: &str, node: &'n Node) -> Option<&'n Map> {
    node.as_map().filter(|entries| !entries.is_empty() && is_block(text, node))
}
