//! A named text that values come from, and a place in it: what a message points at.

use std::ops::Range;
use std::rc::Rc;

/// A text that values were read from: a values file, standard input, or an argument such as `--set a=1`.
///
/// The text is kept for excerpts in messages only, with every secret value in it already hidden.
#[derive(Debug)]
pub struct Source {
    /// How messages name the text: the path of the file, `standard input`, `--set`.
    pub name: String,
    text: String,
    /// What was hidden: the byte range in the text as it was read, and the one that stands for it here.
    hidden: Vec<(Range<usize>, Range<usize>)>,
}

/// What stands for a secret value wherever texts are shown.
pub const MASK: &str = "***";

impl Source {
    /// A text; its byte ranges in `secrets` are never shown.
    #[must_use]
    pub fn new(name: impl Into<String>, text: &str, mut secrets: Vec<Range<usize>>) -> Self {
        secrets.sort_by_key(|range| range.start);
        let mut shown = String::with_capacity(text.len());
        let mut hidden = Vec::new();
        let mut at = 0;
        for secret in secrets.into_iter().filter(|range| !range.is_empty()) {
            if secret.start < at {
                continue; // inside one that is hidden already
            }
            shown.push_str(&text[at..secret.start]);
            let start = shown.len();
            shown.push_str(MASK);
            // The text after it stays on its line.
            shown.extend(text[secret.clone()].matches('\n'));
            at = secret.end;
            hidden.push((secret, start..shown.len()));
        }
        shown.push_str(&text[at..]);
        Self { name: name.into(), text: shown, hidden }
    }

    /// The text with its secret values hidden.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where a word stands within a byte range of the text as it was read; nowhere, if a part of the range is hidden.
    #[must_use]
    pub fn find(&self, span: &Range<usize>, word: &str) -> Option<Range<usize>> {
        let is_hidden = self.hidden.iter().any(|(was, _)| was.start < span.end && span.start < was.end);
        let text = (!is_hidden).then(|| self.text.get(self.shown(span)))??;
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
    pub source: Rc<Source>,
    /// The byte range in the text as it was read.
    pub span: Range<usize>,
}

impl Place {
    /// The same place, with all that stands there hidden.
    #[must_use]
    pub fn hidden(&self) -> Self {
        let span = self.source.shown(&self.span);
        let source = Source::new(self.source.name.as_str(), self.source.text(), vec![span.clone()]);
        Self { source: Rc::new(source), span }
    }

    /// The place of a word within it, if it is there and nothing is hidden. All else on the line is hidden then: in a text of
    /// YAML nobody knows what is a secret.
    #[must_use]
    pub fn of_word(&self, word: &str) -> Self {
        let Some(span) = self.source.find(&self.span, word) else { return self.hidden() };
        let shown = self.source.shown(&span);
        let text = self.source.text();
        let line = text[..shown.start].rfind('\n').map_or(0, |at| at + 1);
        let before = line + text[line..shown.start].find(|c: char| !matches!(c, ' ' | '-')).unwrap_or(shown.start - line);
        let after = shown.end + text[shown.end..].len() - text[shown.end..].trim_start_matches([':', ' ']).len();
        let end = text[shown.end..].find('\n').map_or(text.len(), |at| shown.end + at);
        let source = Source::new(self.source.name.as_str(), text, vec![before..shown.start, after.min(end)..end]);
        Self { source: Rc::new(source), span: shown }
    }

    /// Line and column of its beginning, as they stand in what is shown.
    #[must_use]
    pub fn line_and_column(&self) -> (usize, usize) {
        line_and_column(self.source.text(), self.source.shown(&self.span).start)
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
    }

    #[test]
    fn of_a_word_in_a_text_the_rest_of_its_line_is_hidden() {
        let text = "a: |\n  - {name: b, valeu: hunter2}\n";
        let place = Place { source: Rc::new(Source::new("f", text, Vec::new())), span: 5..text.len() };
        let word = place.of_word("valeu");
        assert_eq!(word.source.text(), "a: |\n  - ***valeu: ***\n");
        assert_eq!(&word.source.text()[word.source.shown(&word.span)], "valeu");
        let hidden = place.of_word("val");
        assert_eq!((hidden.source.text(), &hidden.span), ("a: |\n***\n", &place.span));
        assert_eq!(&hidden.source.text()[hidden.source.shown(&hidden.span)], "***\n");
    }
}
