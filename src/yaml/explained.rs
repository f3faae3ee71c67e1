//! Words for what is no YAML.

use std::ops::Range;

use super::SyntaxError;
use crate::source::line_and_column;

/// What to do about a Go template where YAML is read.
pub(super) const IN_QUOTES: &str =
    "a values file is YAML, for Helm too: a template stands within a text, in quotes, as in `key: \"{{ .Release.Name }}\"`";

/// Words for what the parser says, where its own would leave a newcomer alone.
pub(super) fn explain(text: &str, info: &str, span: Range<usize>) -> SyntaxError {
    // The scanner may have stopped at the value before the tab.
    let span = if info.contains("tab") { tab_in_indentation(text, span.start).unwrap_or(span) } else { span };
    let line = text.lines().nth(line_and_column(text, span.start).0 - 1).unwrap_or_default();
    let error = SyntaxError::new("not valid YAML", span, info.replace('`', "'"));
    if text.lines().any(|line| line.trim_start().starts_with("{{")) {
        error.help(IN_QUOTES)
    } else if info.contains("tab") {
        error.help("indent with spaces")
    } else if info.contains("mapping values are not allowed") {
        error.help("a value that contains `: ` needs quotes; keys of one map need the same indentation")
    } else if info.contains("unexpected character") {
        error.help("a value that begins with this character needs quotes")
    } else if info.contains("did not find expected") && line.contains("${") {
        error.help("within braces or brackets `${...}` needs quotes, unless another program fills it in first (`envsubst`)")
    } else if info.contains("did not find expected") {
        error.help("entries of one map or list need the same indentation")
    } else if info.contains("unknown anchor") {
        error.help("a value that begins with `*` needs quotes, unless it is an alias of an anchor above it")
    } else {
        error
    }
}

/// The first tab that indents a line, from the line of an offset on.
fn tab_in_indentation(text: &str, from: usize) -> Option<Range<usize>> {
    let mut start = text[..from].rfind('\n').map_or(0, |at| at + 1);
    for line in text[start..].split_inclusive('\n') {
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        if let Some(tab) = line[..indent].find('\t').filter(|_| !line.trim().is_empty()) {
            return Some(start + tab..start + tab + 1);
        }
        start += line.len();
    }
    None
}
