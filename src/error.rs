//! Errors and warnings, and how they read: what is wrong, where, and what to do.

use std::fmt::Write as _;
use std::io;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::source::Place;

/// One thing to tell the user: an error, or (where a function says so) a warning.
///
/// The wording is lower case, with names in backticks; secret values never appear in it.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// What is wrong, in one line.
    pub title: String,
    /// Where it is, if it is somewhere in a text that the user wrote.
    pub place: Option<Place>,
    /// The text beside the caret.
    pub label: String,
    /// Facts that explain it, one line each.
    pub notes: Vec<String>,
    /// What to do.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A diagnostic with a title alone.
    #[must_use]
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), place: None, label: String::new(), notes: Vec::new(), help: None }
    }

    /// Says where it is, and what to write beside the caret there.
    #[must_use]
    pub fn at(mut self, place: Option<Place>, label: impl Into<String>) -> Self {
        self.place = place;
        self.label = label.into();
        self
    }

    /// Adds a fact that explains it.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The diagnostic as text, in the layout that rustc has made familiar.
    #[must_use]
    pub fn render(&self, level: Severity, color: bool) -> String {
        let level = match level {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let mut group = Group::with_title(level.primary_title(self.title.as_str()));
        if let Some(Place { source, span }) = &self.place {
            let shown = source.shown(span);
            // Of a value that spans lines only the first is shown: the caret says where, not what.
            let first = &source.text()[shown.clone()];
            let end = shown.start + first.find('\n').unwrap_or(first.len());
            let caret = AnnotationKind::Primary.span(shown.start..end).label((!self.label.is_empty()).then_some(self.label.as_str()));
            group = group.element(Snippet::source(source.text()).path(source.name.as_str()).annotation(caret));
        }
        for note in &self.notes {
            group = group.element(Level::NOTE.message(note.as_str()));
        }
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        let renderer = if color { Renderer::styled() } else { Renderer::plain() };
        renderer.render(&[group])
    }
}

/// How much a [`Diagnostic`] matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The job could not be done.
    Error,
    /// The job was done; this deserves a look.
    Warning,
}

/// Why a job could not be done: one or more errors, all that were found.
#[derive(Debug)]
pub struct Error {
    /// The errors, in the order in which they were found; never empty.
    pub diagnostics: Vec<Diagnostic>,
    /// The reader of the output went away (`gen ... | head`): nothing to say, and no failure.
    pub closed_pipe: bool,
}

impl Error {
    /// An error that an operation on the file system or a stream gave: what could not be done to `path`, and why.
    #[must_use]
    pub fn io(action: &str, path: &std::path::Path, error: &io::Error) -> Self {
        Diagnostic::new(format!("cannot {action} `{}`", path.display())).note(reason(error)).into()
    }

    /// The errors as text, a blank line between them.
    #[must_use]
    pub fn render(&self, color: bool) -> String {
        render_all(&self.diagnostics, Severity::Error, color)
    }
}

impl From<Diagnostic> for Error {
    fn from(diagnostic: Diagnostic) -> Self {
        vec![diagnostic].into()
    }
}

impl From<Vec<Diagnostic>> for Error {
    fn from(diagnostics: Vec<Diagnostic>) -> Self {
        Self { diagnostics, closed_pipe: false }
    }
}

/// What the operating system said, in words, without the number that it has there.
#[must_use]
pub fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    let words = text.split(" (os error").next().unwrap_or(&text);
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// The maximum number of diagnostics that are shown: nobody reads more at once.
const MOST_SHOWN: usize = 100;

/// Several diagnostics of one severity as text, a blank line between them.
#[must_use]
pub fn render_all(diagnostics: &[Diagnostic], level: Severity, color: bool) -> String {
    let mut text = String::new();
    for (index, diagnostic) in diagnostics.iter().take(MOST_SHOWN).enumerate() {
        let gap = if index == 0 { "" } else { "\n" };
        let _ = writeln!(text, "{gap}{}", diagnostic.render(level, color));
    }
    if diagnostics.len() > MOST_SHOWN {
        let _ = writeln!(text, "\nand {} more", diagnostics.len() - MOST_SHOWN);
    }
    text
}
