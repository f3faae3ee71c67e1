//! What a run has to say: for people as one block, sorted, what is alike told together, and counted; for programs as data.
//!
//! Warnings come first and errors last, beside the prompt; the facts that explain a warning wait until there are no errors.
//! Within each, what has a place stands in the order of the text.

mod github;
mod json;
mod junit;
mod sarif;
mod workspace;

use std::fmt::Write as _;

use crate::error::{Diagnostic, Kind, Severity};
use crate::source::Place;
pub use json::line as json;
pub use workspace::Workspace;

/// How messages are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// For people.
    #[default]
    Human,
    /// One object of JSON a line.
    Json,
    /// One log of SARIF 2.1.0.
    Sarif,
    /// Commands of GitHub's workflows.
    Github,
    /// One report of JUnit.
    Junit,
}

/// How messages are written, and which.
#[derive(Clone, Copy, Debug, Default)]
pub struct Manner {
    pub format: Format,
    /// Whether they are coloured, for people.
    pub color: bool,
    /// Errors alone.
    pub quiet: bool,
    /// Each by itself, with its code and its lines, for people.
    pub verbose: bool,
    /// The checkout that GitHub's paths of files start at.
    pub workspace: Option<&'static Workspace>,
    /// The file that a run is about, for programs that want a file of what has no place of its own.
    pub about: Option<&'static str>,
}

/// The diagnostics as text.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], manner: Manner) -> String {
    of_files(diagnostics, &[], manner)
}

/// The diagnostics about files as text; some formats list those of which there is nothing to tell, too.
#[must_use]
pub fn of_files(diagnostics: &[Diagnostic], files: &[String], manner: Manner) -> String {
    // What the values name has to be there: whoever named it knows that.
    let is_asked_for = |one: &Diagnostic| !manner.quiet && (manner.verbose || one.kind != Kind::Provided);
    let told: Vec<Diagnostic> = diagnostics.iter().filter(|one| one.is_error() || is_asked_for(one)).cloned().collect();
    match manner.format {
        Format::Human => human(&told, manner.color, manner.verbose),
        Format::Json => json::render(&told),
        Format::Sarif => sarif::render(&told, manner.workspace, manner.about.or(files.first().map(String::as_str))),
        Format::Github => github::render(&told, manner.workspace),
        Format::Junit => junit::render(&told, files),
    }
}

/// What a diagnostic says, in one sentence.
fn sentence(diagnostic: &Diagnostic) -> String {
    if diagnostic.kind == Kind::Other { diagnostic.title.clone() } else { title(diagnostic.kind, &[format!("`{}`", diagnostic.title)]) }
}

/// What a diagnostic says besides its sentence, a line each.
fn details(diagnostic: &Diagnostic) -> Vec<String> {
    let label = Some(&diagnostic.label).filter(|label| !label.is_empty());
    let help = diagnostic.help.iter().map(|help| format!("help: {help}"));
    let notes = diagnostic.notes.iter().map(|note| format!("note: {note}"));
    label.cloned().into_iter().chain(notes).chain(help).collect()
}

/// All that a diagnostic says, on one line.
#[must_use]
pub fn line(diagnostic: &Diagnostic) -> String {
    std::iter::once(sentence(diagnostic)).chain(details(diagnostic)).collect::<Vec<_>>().join("; ")
}

/// A severity as programs know it.
fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// The most that is shown in full, and the most lines of what is told together: nobody reads more at once.
const MOST_SHOWN: usize = 100;

/// The diagnostics as text for people, with their number as its last line.
#[must_use]
pub fn human(diagnostics: &[Diagnostic], color: bool, verbose: bool) -> String {
    let (mut others, mut errors) = (Vec::new(), Vec::new());
    for severity in [Severity::Note, Severity::Warning, Severity::Error] {
        let mut of_it: Vec<&Diagnostic> = diagnostics.iter().filter(|one| one.severity == severity).collect();
        of_it.sort_by_key(|one| (one.kind, position(one)));
        let alike = of_it.chunk_by(|one, next| one.kind == next.kind && one.kind != Kind::Other && !verbose);
        if severity == Severity::Error { &mut errors } else { &mut others }.extend(alike.map(<[_]>::to_vec));
    }
    let mut text = String::new();
    // Errors have precedence: nothing works before they are mended.
    let room = MOST_SHOWN.saturating_sub(errors.len());
    let fails = !errors.is_empty();
    for (all, most) in [(others, room), (errors, MOST_SHOWN)] {
        let hidden = all.len().saturating_sub(most);
        let more = (hidden > 0).then(|| format!("and {hidden} more"));
        for block in all.iter().take(most).map(|alike| block(alike, fails, color, verbose)).chain(more) {
            let gap = if text.is_empty() { "" } else { "\n" };
            let _ = writeln!(text, "{gap}{block}");
        }
    }
    if let Some(count) = count(diagnostics) {
        let _ = writeln!(text, "\n{count}");
    }
    text
}

/// What is told together, as text.
fn block(alike: &[&Diagnostic], fails: bool, color: bool, verbose: bool) -> String {
    match alike {
        [one] if verbose => Diagnostic { title: sentence(one), ..(*one).clone() }.render_whole(color),
        [one] if one.kind == Kind::Other && fails && !one.is_error() => Diagnostic { notes: Vec::new(), ..(*one).clone() }.render(color),
        [one] if one.kind == Kind::Other => one.render(color),
        alike => together(alike, color),
    }
}

/// The place as something to sort by; what has none comes last.
fn position(diagnostic: &Diagnostic) -> (bool, Option<&str>, usize) {
    let place = diagnostic.place.as_ref();
    (place.is_none(), place.map(|place| place.source.name.as_str()), place.map_or(0, |place| place.span.start))
}

/// What keys of one kind have in common, as a sentence.
fn title(kind: Kind, keys: &[String]) -> String {
    let one = if let [one] = keys { Some(one) } else { None };
    let subject = |plural: &str| one.cloned().unwrap_or_else(|| format!("{} {plural}", keys.len()));
    let (have, are) = if one.is_some() { ("has", "is") } else { ("have", "are") };
    match (kind, one) {
        (Kind::Deprecated, _) => format!("{} {are} deprecated", subject("keys")),
        (Kind::Translated, Some(key)) => format!("{key}, a key of Bitnami's PostgreSQL, is taken for its counterpart"),
        (Kind::Translated, None) => format!("{} are taken for their counterparts", subject("keys of Bitnami's PostgreSQL")),
        (Kind::Ignored, _) => format!("{} {have} no effect, in the chart either", subject("keys")),
        (Kind::OfPostgresql, _) => format!("{} {have} no effect: gen runs a small PostgreSQL of its own", subject("keys")),
        (Kind::Dead, Some(key)) => format!("{key}, a key of an older chart, has no effect"),
        (Kind::Dead, None) => format!("{} have no effect: {}", subject("keys of older charts"), keys.join(", ")),
        (Kind::Provided, Some(object)) => format!("{object} has to be in the cluster: it is not among the manifests"),
        (Kind::Provided, None) => format!("{} have to be in the cluster: they are not among the manifests", subject("objects")),
        (Kind::Other, _) => subject("findings"),
    }
}

/// Diagnostics of one kind, as a title and a line for each; those of older charts as one line.
fn together(alike: &[&Diagnostic], color: bool) -> String {
    let kind = alike[0].kind;
    let keys: Vec<String> = alike.iter().map(|one| format!("`{}`", one.title)).collect();
    let title = title(kind, &keys);
    let mut text = Diagnostic { severity: alike[0].severity, ..Diagnostic::new(title) }.render(color);
    if kind == Kind::Dead {
        let first = alike[0].place.as_ref().map(where_is).unwrap_or_default();
        let _ = write!(text, "\n  {first}: leave {} out", if alike.len() == 1 { "it" } else { "them" });
        return text;
    }
    let places: Vec<String> = alike.iter().map(|one| one.place.as_ref().map(where_is).unwrap_or_default()).collect();
    let width = places.iter().map(|place| place.chars().count()).max().unwrap_or_default().min(40);
    for ((place, key), one) in places.iter().zip(&keys).zip(alike).take(MOST_SHOWN) {
        let way_out = one.help.as_deref().unwrap_or("leave it out");
        if alike.len() == 1 && place.is_empty() {
            let _ = write!(text, "\n  {way_out}");
        } else if alike.len() == 1 {
            let _ = write!(text, "\n  {place}: {way_out}");
        } else {
            let _ = write!(text, "\n  {place:width$}  {key}: {way_out}");
        }
    }
    if alike.len() > MOST_SHOWN {
        let _ = write!(text, "\n  and {} more", alike.len() - MOST_SHOWN);
    }
    text
}

/// `FILE:LINE:COLUMN`.
fn where_is(place: &Place) -> String {
    let (line, column) = place.line_and_column();
    format!("{}:{line}:{column}", place.source.name)
}

/// How many errors and warnings there are, in words.
fn count(diagnostics: &[Diagnostic]) -> Option<String> {
    let of = |severity, one: &str, several: &str| match diagnostics.iter().filter(|one| one.severity == severity).count() {
        0 => None,
        1 => Some(format!("1 {one}")),
        number => Some(format!("{number} {several}")),
    };
    let counts = [of(Severity::Error, "error", "errors"), of(Severity::Warning, "warning", "warnings")];
    let counts: Vec<String> = counts.into_iter().flatten().collect();
    (!counts.is_empty()).then(|| counts.join(", "))
}
