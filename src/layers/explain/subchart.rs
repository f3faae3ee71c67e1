//! What values say to the chart's PostgreSQL, which is Bitnami's, and gen takes for its own or leaves out.

use crate::error::{Diagnostic, Kind};
use crate::layers::helm;
use crate::layers::sources::Sources;
use crate::yaml::{Entry, Node};

/// Translates the keys of Bitnami's PostgreSQL and drops its image, with a warning for each.
pub fn warnings(said: &mut Node, sources: &Sources) -> Vec<Diagnostic> {
    let place = |entry: &Entry| sources.place(entry.key.or(entry.value.origin));
    let translated = helm::translate(said).into_iter().map(|one| {
        let warning = Diagnostic::of_key(Kind::Translated, one.key).at(place(&one.entry), "a key of another chart");
        warning.help(format!("set `{}` in its place", one.instead))
    });
    let image = helm::drop_chart_image(said).map(|entry| {
        let warning = Diagnostic::of_key(Kind::OfPostgresql, "postgresql.image").at(place(&entry), "the image of another chart");
        warning.help("leave it out, or name a copy of the official image `postgres`")
    });
    translated.chain(image).collect()
}
