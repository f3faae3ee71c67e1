//! Errors and warnings, and how they read: what is wrong, where, and what to do.

pub mod code;

use std::io;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde::{Deserialize, Serialize};

pub use code::Code;

use crate::report;
use crate::source::Place;

/// One thing to tell the user.
///
/// The wording is lower case, with names in backticks; secret values never appear in it.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// What it is about, by a code that stays.
    pub code: Code,
    /// How much it matters.
    pub severity: Severity,
    /// What it is about, where several of a kind are told together.
    pub kind: Kind,
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
    /// An error with a title alone.
    #[must_use]
    pub fn new(title: impl Into<String>) -> Self {
        let (severity, kind) = (Severity::Error, Kind::Other);
        Self { code: code::FAILURE, severity, kind, title: title.into(), place: None, label: String::new(), notes: Vec::new(), help: None }
    }

    /// A warning about a key, of a kind that is told together.
    #[must_use]
    pub fn of_key(kind: Kind, path: &str) -> Self {
        let code = match kind {
            Kind::Deprecated => code::DEPRECATED_KEY,
            Kind::Translated => code::TRANSLATED_KEY,
            Kind::Ignored => code::IGNORED_KEY,
            Kind::OfPostgresql => code::POSTGRESQL_KEY,
            Kind::Dead => code::DEAD_KEY,
            Kind::Provided | Kind::Other => code::FAILURE,
        };
        Self { code, severity: Severity::Warning, kind, ..Self::new(path) }
    }

    /// Says what it is about.
    #[must_use]
    pub fn coded(mut self, code: Code) -> Self {
        self.code = code;
        self
    }

    /// Whether it stops the run.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
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

    /// The diagnostic as text, in the layout that rustc has made familiar. Of a warning the place is named, and not shown.
    #[must_use]
    pub fn render(&self, color: bool) -> String {
        self.laid_out(color, self.is_error(), false)
    }

    /// The same with its code, and with the lines of its place whatever it is.
    #[must_use]
    pub fn render_whole(&self, color: bool) -> String {
        self.laid_out(color, true, true)
    }

    /// The diagnostic as an object of JSON on a line, as `--message-format json` prints it.
    #[must_use]
    pub fn json(&self) -> String {
        report::json(self)
    }

    fn laid_out(&self, color: bool, with_lines: bool, with_code: bool) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        let title = level.primary_title(self.title.as_str());
        let mut group = Group::with_title(if with_code { title.id(self.code.code) } else { title });
        if let Some(place) = &self.place {
            group = if with_lines {
                group.element(self.excerpt(place))
            } else {
                let (line, column) = place.line_and_column();
                group.element(Origin::path(place.source.name.as_str()).line(line).char_column(column))
            };
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

    fn excerpt<'p>(&'p self, Place { source, span }: &'p Place) -> Snippet<'p, Annotation<'p>> {
        let shown = source.shown(span);
        // Of a value that spans lines only the first is shown: the caret says where, not what.
        let first = &source.text()[shown.clone()];
        let end = shown.start + first.find('\n').unwrap_or(first.len());
        let caret = AnnotationKind::Primary.span(shown.start..end).label((!self.label.is_empty()).then_some(self.label.as_str()));
        Snippet::source(source.text()).path(source.name.as_str()).annotation(caret)
    }
}

/// What a [`Diagnostic`] is about. Those of one kind are told together, each with its key for a title, unless they are of the
/// last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
pub enum Kind {
    /// A key that the chart renamed: it works.
    Deprecated,
    /// A key of Bitnami's PostgreSQL, which stands for one of gen's.
    Translated,
    /// A key that nobody reads.
    Ignored,
    /// A key that the chart's own PostgreSQL reads, which gen does not bring.
    OfPostgresql,
    /// A key of an older chart, which nobody reads any more.
    Dead,
    /// An object that others provide, by its kind and name.
    Provided,
    /// Anything else: it has a title of its own.
    Other,
}

/// How much a [`Diagnostic`] matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub enum Severity {
    /// The job could not be done.
    Error,
    /// The job was done; this deserves a look.
    Warning,
    /// It goes with what was done.
    Note,
}

/// Why a job could not be done: one or more errors, all that were found, and the warnings besides.
#[derive(Debug)]
pub struct Error {
    /// The errors and warnings, in the order in which they were found; never empty.
    pub diagnostics: Vec<Diagnostic>,
    /// The reader of the output went away (`gen ... | head`): nothing to say, and no failure.
    pub closed_pipe: bool,
}

impl Error {
    /// An error that an operation on the file system or a stream gave: what could not be done to `path`, and why.
    #[must_use]
    pub fn io(action: &str, path: &std::path::Path, error: &io::Error) -> Self {
        let wrong = Diagnostic::new(format!("cannot {action} `{}`", path.display())).note(reason(error));
        wrong.coded(code::UNWRITABLE).into()
    }

    /// The errors and warnings as text.
    #[must_use]
    pub fn render(&self, color: bool) -> String {
        report::human(&self.diagnostics, color, false)
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
