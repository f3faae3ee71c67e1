//! Messages as JSON, an object a line: `docs/messages.md` describes it.

use serde::Serialize;

use super::{level, sentence};
use crate::error::Diagnostic;

/// A message.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Line<'d> {
    severity: &'static str,
    code: &'static str,
    name: &'static str,
    message: String,
    place: Option<Position<'d>>,
    label: Option<&'d str>,
    notes: &'d [String],
    help: Option<&'d str>,
}

/// Where something stands: lines and columns count from 1, columns in characters, and the end is behind the last character.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Position<'d> {
    source: &'d str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

/// The diagnostics, a line each, in the order in which they were found.
pub fn render(diagnostics: &[Diagnostic]) -> String {
    diagnostics.iter().map(line).collect()
}

/// A diagnostic as a line.
pub fn line(diagnostic: &Diagnostic) -> String {
    let Diagnostic { code, severity, place, label, notes, help, .. } = diagnostic;
    let place = place.as_ref().map(|place| {
        let ((line, column), (end_line, end_column)) = (place.line_and_column(), place.end());
        Position { source: &place.source.name, line, column, end_line, end_column }
    });
    let label = Some(label.as_str()).filter(|label| !label.is_empty());
    let message = sentence(diagnostic);
    let line = Line { severity: level(*severity), code: code.code, name: code.name, message, place, label, notes, help: help.as_deref() };
    serde_json::to_string(&line).expect("a message is plain data") + "\n"
}
