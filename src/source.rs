//! A named text that a tree was read from, and a place in it: what a message points at.

mod files;
mod sources;
mod text;

use std::ops::Range;
use std::sync::Arc;

pub use files::Files;
pub use sources::Sources;
pub use text::{Text, without_mark};

/// A text that values were read from: a values file, standard input, or an argument such as `--set a=1`.
///
/// The text is kept for excerpts in messages only, with every secret value in it already hidden.
#[derive(Debug)]
pub struct Source {
    /// How messages name the text: the path of the file, `standard input`, `--set`.
    pub name: String,
    text: String,
    /// The text as it was read, but for the characters of secrets, in whose places others of the same length stand: where lines
    /// and columns are.
    shape: String,
    /// What was hidden: the byte range in the text as it was read, and the one that stands for it here.
    hidden: Vec<(Range<usize>, Range<usize>)>,
}

/// What stands for a secret value wherever texts are shown.
pub const MASK: &str = "***";

impl Source {
    /// A text; its byte ranges in `secrets` are never shown.
    #[must_use]
    pub fn new(name: impl Into<String>, text: &str, mut secrets: Vec<Range<usize>>) -> Self {
        // The blanks behind a block of text are those of the next line.
        for range in &mut secrets {
            let blanks = text.get(range.clone()).map_or("", |within| &within[within.trim_end().len()..]);
            range.end -= blanks.find('\n').map_or(0, |line_break| blanks.len() - line_break);
        }
        // Of those that begin at one place the longest counts.
        secrets.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
        let mut shown = String::with_capacity(text.len());
        let mut hidden: Vec<(Range<usize>, Range<usize>)> = Vec::new();
        let mut shape = String::with_capacity(text.len());
        let mut at = 0;
        for secret in secrets.into_iter().filter(|range| !range.is_empty()) {
            match hidden.last_mut() {
                // Inside one that is hidden already, or behind its end.
                Some((was, is)) if secret.start < at => {
                    let rest = &text[at.min(secret.end)..secret.end];
                    shown.extend(rest.matches('\n'));
                    shape.extend(rest.chars().map(stand_in));
                    at = at.max(secret.end);
                    (was.end, is.end) = (at, shown.len());
                }
                _ => {
                    let (before, within) = (&text[at..secret.start], &text[secret.clone()]);
                    shown.push_str(before);
                    shape.push_str(before);
                    let start = shown.len();
                    shown.push_str(MASK);
                    // The text after it stays on its line.
                    shown.extend(within.matches('\n'));
                    shape.extend(within.chars().map(stand_in));
                    at = secret.end;
                    hidden.push((secret, start..shown.len()));
                }
            }
        }
        shown.push_str(&text[at..]);
        shape.push_str(&text[at..]);
        Self { name: name.into(), text: shown, shape, hidden }
    }

    /// Whether it is a file, and neither standard input nor an argument.
    #[must_use]
    pub fn is_file(&self) -> bool {
        !self.name.starts_with("--") && !["standard input", "gen secrets"].contains(&self.name.as_str())
    }

    /// The text with its secret values hidden.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether a part of a byte range of the text as it was read is hidden.
    #[must_use]
    pub fn hides(&self, span: &Range<usize>) -> bool {
        self.hidden.iter().any(|(was, _)| was.start < span.end && span.start < was.end)
    }

    /// Where a word stands within a byte range of the text as it was read; nowhere, if a part of the range is hidden.
    #[must_use]
    pub fn find(&self, span: &Range<usize>, word: &str) -> Option<Range<usize>> {
        let text = (!self.hides(span)).then(|| self.text.get(self.shown(span)))??;
        let start = span.start + words(text, word).next()?;
        Some(start..start + word.len())
    }

    /// Where a byte range of the text as it was read stands in [`Source::text`], widened to whole characters.
    #[must_use]
    pub fn shown(&self, span: &Range<usize>) -> Range<usize> {
        let move_to = |offset: usize| {
            let mut moved = offset;
            for (was, is) in &self.hidden {
                if offset >= was.end {
                    moved = offset - was.end + is.end;
                } else if offset > was.start {
                    return is.end;
                }
            }
            moved.min(self.text.len())
        };
        let start = self.hidden.iter().find(|(was, _)| was.contains(&span.start)).map_or_else(|| move_to(span.start), |(_, is)| is.start);
        self.text.floor_char_boundary(start)..self.text.ceil_char_boundary(move_to(span.end).max(start))
    }
}

/// A byte range of a [`Source`].
#[derive(Clone, Debug)]
pub struct Place {
    /// The text.
    pub source: Arc<Source>,
    /// The byte range in the text as it was read.
    pub span: Range<usize>,
}

impl Place {
    /// The same place, with all that stands there hidden.
    #[must_use]
    pub fn hidden(&self) -> Self {
        let hidden = self.source.hidden.iter().map(|(was, _)| was.clone()).chain([self.span.clone()]).collect();
        Self { source: Arc::new(Source::new(self.source.name.as_str(), &self.source.shape, hidden)), span: self.span.clone() }
    }

    /// The place of a word within it, if it is there and nothing is hidden; else all of it.
    #[must_use]
    pub fn narrowed(&self, word: &str) -> Self {
        let span = self.source.find(&self.span, word).unwrap_or_else(|| self.span.clone());
        Self { source: self.source.clone(), span }
    }

    /// The place of a word within it, if it is there and nothing is hidden. All else on the line is hidden then: in a text of
    /// YAML nobody knows what is a secret.
    #[must_use]
    pub fn of_word(&self, word: &str) -> Self {
        let Some(span) = self.source.find(&self.span, word) else { return self.hidden() };
        let text = self.source.shape.as_str();
        let line = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
        let before = line + text[line..span.start].find(|c: char| !matches!(c, ' ' | '-')).unwrap_or(span.start - line);
        let after = span.end + text[span.end..].len() - text[span.end..].trim_start_matches([':', ' ']).len();
        let end = text[span.end..].find('\n').map_or(text.len(), |at| span.end + at);
        let hidden = self.source.hidden.iter().map(|(was, _)| was.clone());
        let hidden = hidden.chain([before..span.start, after.min(end)..end]).collect();
        Self { source: Arc::new(Source::new(self.source.name.as_str(), text, hidden)), span }
    }

    /// Line and column of its beginning, in the text as it was read.
    #[must_use]
    pub fn line_and_column(&self) -> (usize, usize) {
        line_and_column(&self.source.shape, self.span.start.min(self.source.shape.len()))
    }

    /// Line and column of its end, which is not part of it.
    #[must_use]
    pub fn end(&self) -> (usize, usize) {
        let text = self.source.shape.as_str();
        let span = self.span.start.min(text.len())..self.span.end.min(text.len());
        // A block's end is behind its last line.
        let within = text.get(span.clone()).unwrap_or_default().trim_end();
        line_and_column(text, span.start + within.len())
    }
}

/// A character of the same length in the place of a secret's; line breaks stay.
fn stand_in(c: char) -> char {
    match c.len_utf8() {
        1 if c == '\n' => c,
        1 => '*',
        2 => '\u{d7}',
        3 => '\u{2022}',
        _ => '\u{1f512}',
    }
}

/// Where a text has a word, and not just as a part of a longer one.
pub fn words<'t>(text: &'t str, word: &'t str) -> impl Iterator<Item = usize> + 't {
    let is_part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let found = text.match_indices(word).map(|(at, _)| at);
    found.filter(move |at| !is_part(text[..*at].chars().next_back()) && !is_part(text[at + word.len()..].chars().next()))
}

/// Line and column (both from 1, the column in characters) of a byte offset in `text`.
#[must_use]
pub fn line_and_column(text: &str, offset: usize) -> (usize, usize) {
    let before = &text[..text.floor_char_boundary(offset)];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or(before).chars().count() + 1;
    (line, column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_hidden_and_what_follows_keeps_its_place() {
        let text = "a: {pass: hunter2, hots: x}\n";
        let source = Source::new("f", text, std::iter::once(10..17).collect());
        assert_eq!(source.text(), "a: {pass: ***, hots: x}\n");
        assert_eq!(&source.text()[source.shown(&(19..23))], "hots");
        assert_eq!(&source.text()[source.shown(&(10..17))], "***");
        assert_eq!(&source.text()[source.shown(&(12..13))], "***");
        assert_eq!(source.find(&(19..26), "x"), Some(25..26));
        assert_eq!(source.find(&(19..26), "hot"), None);
        assert_eq!(source.find(&(4..26), "x"), None);
        // In front of an editor the place is that of the file.
        let place = Place { source: Arc::new(source), span: 19..23 };
        assert_eq!((place.line_and_column(), place.end()), ((1, 20), (1, 24)));
    }

    #[test]
    fn secrets_may_overlap_and_hold_any_character() {
        let text = "a: h\u{e9}\u{4e2d}\u{1f600}\nb\nc";
        let source = Source::new("f", text, vec![4..6, 3..9, 8..text.len() - 1]);
        assert_eq!(source.text(), "a: ***\n\nc");
        assert_eq!(source.shape.len(), text.len());
        assert!(!source.shape.contains('h'), "{}", source.shape);
        let place = Place { source: Arc::new(source), span: text.len() - 1..text.len() };
        assert_eq!(place.line_and_column(), (3, 1));
    }

    #[test]
    fn of_a_word_in_a_text_the_rest_of_its_line_is_hidden() {
        let text = "a: |\n  - {name: b, valeu: hunter2}\n";
        let place = Place { source: Arc::new(Source::new("f", text, Vec::new())), span: 5..text.len() };
        let word = place.of_word("valeu");
        assert_eq!(word.source.text(), "a: |\n  - ***valeu: ***\n");
        assert_eq!(&word.source.text()[word.source.shown(&word.span)], "valeu");
        let hidden = place.of_word("val");
        assert_eq!((hidden.source.text(), &hidden.span), ("a: |\n***\n", &place.span));
        assert_eq!(&hidden.source.text()[hidden.source.shown(&hidden.span)], "***\n");
    }
}
