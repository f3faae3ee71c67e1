//! A comparison for people: objects with their fields, a line each, what an apply would do, and a last line that counts.

use std::fmt::Write as _;

use super::shared::{Said, Shared, shared};
use super::{Comparison, Finding, Object, Sign, What, listed};
use crate::error::Severity;

/// The comparison as text, with colors or without.
#[must_use]
pub fn human(comparison: &Comparison, color: bool) -> String {
    let paint = Paint(color);
    let (shared, said) = shared(comparison);
    let mut text = String::new();
    for Shared { objects, changes } in &shared {
        let _ = writeln!(text, "{}", paint.bold(&format!("in {} objects: {}", objects.len(), listed(objects))));
        for change in changes {
            indent(&mut text, &change.lines(), paint);
        }
    }
    for object in &comparison.objects {
        if let Some(title) = title(object, &said) {
            // To the API server one is gone and one is new, and whoever takes the lines of these finds them.
            if let What::Renamed(from) = &object.what {
                let _ = writeln!(text, "{}\n{}", paint.line(&format!("- {from}")), paint.line(&format!("+ {}", object.identity)));
            }
            let _ = writeln!(text, "{}", paint.line(&title));
            for change in object.changes.iter().filter(|change| !said.has(change)) {
                indent(&mut text, &change.lines(), paint);
            }
        }
    }
    for kept in &comparison.kept {
        let _ = writeln!(text, "= {kept}");
    }
    for file in &comparison.files {
        let _ = writeln!(text, "{}", paint.line(&format!("~ file {file}: the same objects, written otherwise")));
    }
    for finding in &comparison.findings {
        let _ = write!(text, "\n{}", told(finding, paint));
    }
    let gap = if text.is_empty() { "" } else { "\n" };
    let _ = writeln!(text, "{gap}{}", comparison.summary());
    text
}

/// What became of an object, in a line; none if all that changed in it is said elsewhere.
pub fn title(object: &Object, said: &Said) -> Option<String> {
    let Object { identity, what, changes, .. } = object;
    match what {
        What::Is(Sign::Changed) if changes.iter().all(|change| said.has(change)) => None,
        What::Is(sign) => Some(format!("{} {identity}", sign.symbol())),
        What::Renamed(from) => Some(format!("> {from} is {identity} now")),
        What::Moved(from) => Some(format!("> {identity}: from {from} to {}", object.file.as_deref().unwrap_or_default())),
    }
}

fn indent(text: &mut String, lines: &[String], paint: Paint) {
    for line in lines {
        let _ = writeln!(text, "    {}", paint.line(line));
    }
}

fn told(finding: &Finding, paint: Paint) -> String {
    let word = if finding.severity() == Severity::Note { "note" } else { "warning" };
    let mut text = format!("{}: {}\n", paint.severity(word), finding.message);
    for note in &finding.notes {
        let _ = writeln!(text, "    {note}");
    }
    for command in &finding.commands {
        let _ = writeln!(text, "    $ {command}");
    }
    text
}

/// Colors, if there are any.
#[derive(Clone, Copy)]
struct Paint(bool);

impl Paint {
    fn with(self, code: &str, text: &str) -> String {
        if self.0 { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    fn bold(self, text: &str) -> String {
        self.with("1", text)
    }

    fn severity(self, word: &str) -> String {
        self.with(if word == "note" { "1;36" } else { "1;33" }, word)
    }

    /// A line in the color of its sign.
    fn line(self, line: &str) -> String {
        match line.trim_start().chars().next() {
            Some('+') => self.with("32", line),
            Some('-') => self.with("31", line),
            Some('~') => self.with("33", line),
            Some('>') => self.with("36", line),
            _ => line.to_owned(),
        }
    }
}
