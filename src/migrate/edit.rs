//! An edit of a values file, in the lines of its text.

use super::entry::{Extent, extent, last};
use super::lines::{closed, commented, is_blank, is_comment, line_end, moved, step};
use super::tree::read;
use super::{block, patch, references, tree};
use crate::schema::{Path, Step};
use crate::yaml::Node;

/// An edit of a values file.
#[derive(Clone, Debug)]
pub enum Edit {
    /// The value at one path stands at another too, with the comments that belong to it.
    Put {
        /// From where.
        from: Path,
        /// Where to.
        to: Path,
    },
    /// A value stands at a path.
    Set(Path, Node),
    /// A key goes with the comments above it, and each map that has no other.
    Remove(Path),
    /// The same, and the comments above it stay.
    Clear(Path),
    /// A key becomes a comment, and each map that has no other; below the reason.
    Comment(Path, String),
    /// Go templates that refer to one key, or to one below it, refer to another.
    Refer {
        /// The key that they refer to.
        from: Path,
        /// The one in its place.
        to: Path,
    },
}

impl Edit {
    /// The text with the edit. None, if the tree cannot have it.
    ///
    /// The edit is made in the lines of the text where that comes to the tree that it means; otherwise the blocks that it is
    /// about are written anew.
    pub fn applied(&self, text: &str) -> Option<String> {
        let old = read(text, 0)?;
        let mut new = old.clone();
        self.apply(&mut new)?;
        let text = &closed(text);
        let means = |text: &String| match read(text, 0) {
            Some(tree) => tree.is_same(&new),
            // Comments alone are no document; what nothing is left of is an empty map.
            None => false,
        };
        let in_lines = self.in_lines(text, &old).map(or_nothing).filter(means);
        in_lines.or_else(|| Some(or_nothing(patch::patched(text, &old, &new, self.remark(&old).as_ref()))).filter(means))
    }

    fn apply(&self, root: &mut Node) -> Option<()> {
        match self {
            Self::Put { from, to } => {
                let value = from.get(root)?.clone();
                tree::put(root, &to.0, value)
            }
            Self::Set(path, value) => tree::put(root, &path.0, value.clone()),
            Self::Remove(path) | Self::Clear(path) | Self::Comment(path, _) => {
                path.get(root)?;
                path.remove(root);
                Some(())
            }
            Self::Refer { from, to } => {
                tree::each_text(root, &mut |text| *text = references::moved(text, from, to));
                Some(())
            }
        }
    }

    fn in_lines(&self, text: &str, old: &Node) -> Option<String> {
        match self {
            Self::Put { from, to } => put(text, old, from, to),
            Self::Set(..) => None,
            Self::Remove(path) => remove(text, old, path, true),
            Self::Clear(path) => remove(text, old, path, false),
            Self::Comment(path, reason) => comment(text, old, path, reason),
            Self::Refer { from, to } => Some(references::moved(text, from, to)),
        }
    }

    /// What a block that is written anew has to say of a key that is a comment there.
    fn remark(&self, old: &Node) -> Option<patch::Remark<'_>> {
        let Self::Comment(path, reason) = self else { return None };
        Some(patch::Remark { path: path.clone(), reason, value: path.get(old)?.clone() })
    }
}

/// A text of comments alone is an empty map.
fn or_nothing(text: String) -> String {
    let is_nothing = text.lines().all(|line| is_blank(line) || is_comment(line));
    if is_nothing { text + "{}\n" } else { text }
}

fn put(text: &str, old: &Node, from: &Path, to: &Path) -> Option<String> {
    let source = extent(text, old, from)?;
    let known = (0..=to.0.len()).rev().find(|length| Path(to.0[..*length].to_vec()).get(old).is_some())?;
    let holder = Path(to.0[..known].to_vec());
    let (indent, at) = if holder.covers(from) {
        // Beside what holds the old key.
        let Extent { indent, end, .. } = extent(text, old, &Path(from.0[..=known].to_vec()))?;
        (indent, end)
    } else {
        last(text, old, &holder)?
    };
    let block = nested(text, &source, &to.0[known..], indent);
    Some([&text[..at], &block, &text[at..]].concat())
}

/// The lines of an entry, below the keys and the list that lead to its new place.
fn nested(text: &str, source: &Extent, steps: &[Step], indent: usize) -> String {
    let (width, mut column) = (step(text), indent);
    let mut block = String::new();
    // The dash of the list whose item comes next.
    let mut dash = String::new();
    for (index, step) in steps.iter().enumerate() {
        let Step::Key(key) = step else {
            dash = format!("{}- ", " ".repeat(column));
            column += 2;
            continue;
        };
        let start = if dash.is_empty() { " ".repeat(column) } else { std::mem::take(&mut dash) };
        if index + 1 < steps.len() {
            block.push_str(&[&start, key.as_str(), ":\n"].concat());
            column += width;
            continue;
        }
        let first = line_end(text, source.key.end);
        block.push_str(&moved(&text[source.comments..source.start], source.indent, start.len() - start.trim_start_matches(' ').len()));
        block.push_str(&[&start, key.as_str(), &text[source.key.end..first]].concat());
        block.push_str(&moved(&text[first..source.end], source.indent, column));
    }
    block
}

fn remove(text: &str, old: &Node, path: &Path, with_comments: bool) -> Option<String> {
    let own = extent(text, old, path)?;
    let whole = tree::vanishing(old, path);
    let own = if with_comments { own.comments } else { own.start }..own.end;
    let mut gone = Vec::from([(own, String::new())]);
    // Of the maps that go with it, their comments stay, those behind their keys too.
    for length in whole.0.len()..path.0.len() {
        let Extent { start, key, indent, .. } = extent(text, old, &Path(path.0[..length].to_vec()))?;
        let end = line_end(text, key.end);
        let behind = text[key.end..end].find(" #").map(|at| format!("{}{}\n", " ".repeat(indent), text[key.end + at + 1..end].trim_end()));
        gone.push((start..end, behind.unwrap_or_default()));
    }
    gone.sort_by_key(|(range, _)| range.start);
    let mut left = String::new();
    let mut at = 0;
    for (range, kept) in gone {
        left.push_str(&text[at..range.start]);
        left.push_str(&kept);
        at = range.end;
        // Of the blank lines on both sides one is enough, and below a key there is none.
        let is_enough = left.is_empty() || left.ends_with("\n\n") || left.ends_with(":\n");
        while is_enough && at < text.len() && is_blank(&text[at..line_end(text, at)]) {
            at = line_end(text, at);
        }
    }
    left.push_str(&text[at..]);
    Some(left)
}

fn comment(text: &str, old: &Node, path: &Path, reason: &str) -> Option<String> {
    let whole = tree::vanishing(old, path).0.len();
    // What goes with it may be the first that has lines of its own.
    let mut ancestors = (whole..=path.0.len()).rev().map(|length| Path(path.0[..length].to_vec()));
    let (own, Extent { start, end, indent, .. }) = ancestors.find_map(|part| Some((part.clone(), extent(text, old, &part)?)))?;
    let reason = block::reason((own != *path).then_some(path), reason, indent);
    let mut new = vec![(start..end, reason + &commented(&text[start..end], indent))];
    // Of the maps that go with it, their keys are comments too.
    for length in whole..own.0.len() {
        let Extent { start, indent, key, .. } = extent(text, old, &Path(path.0[..length].to_vec()))?;
        let end = line_end(text, key.end);
        new.push((start..end, commented(&text[start..end], indent)));
    }
    new.sort_by_key(|(range, _)| range.start);
    let mut written = String::new();
    let mut at = 0;
    for (range, lines) in new {
        written.push_str(&text[at..range.start]);
        written.push_str(&lines);
        at = range.end;
    }
    Some(written + &text[at..])
}
