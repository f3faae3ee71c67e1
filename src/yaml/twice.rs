//! Keys that stand twice.

use std::ops::Range;

use super::{Entry, Node, Origin, SyntaxError};
use crate::source::line_and_column;

/// A key that stands twice in its map: where, and where the value is that does not count.
#[derive(Clone, Debug)]
pub struct Twice {
    /// The key.
    pub name: String,
    /// Where it stands first, in bytes.
    pub first: Range<usize>,
    /// Its value there, which does not count.
    pub value: Node,
    /// Where it stands last.
    pub last: Range<usize>,
}

impl Twice {
    /// A key with the entry that stands first, and where it stands last.
    pub(super) fn of(name: String, first: &Entry, last: Range<usize>) -> Self {
        Self { name, first: first.key.map_or(0..0, Origin::span), value: first.value.clone(), last }
    }

    /// That it may not stand twice; `plain` says whether it has no quotes.
    pub(super) fn refused(&self, text: &str, plain: bool) -> SyntaxError {
        let Self { name, first, last, .. } = self;
        let (line, _) = line_and_column(text, first.start);
        let error = SyntaxError::new(format!("duplicate key `{name}`"), last.clone(), "this key stands twice in its map");
        let help = format!("keep one of the two: the first is at line {line}");
        let written = text.get(last.clone()).unwrap_or_default();
        let is_read_otherwise = plain && written != name;
        error.help(if is_read_otherwise { format!("{help}; `{written}` is `{name}` in YAML, quotes make a text of it") } else { help })
    }
}
