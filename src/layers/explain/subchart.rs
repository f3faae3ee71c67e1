//! What values say to the chart's PostgreSQL, which is Bitnami's, and gen takes for its own or leaves out.

use crate::error::{Diagnostic, Kind};
use crate::layers::helm;
use crate::schema::Path;
use crate::source::Sources;
use crate::yaml::{Entry, Node};

/// What became of these keys.
#[derive(Debug, Default)]
pub struct Settled {
    /// Those that stand for another one.
    pub translated: Vec<(Path, Vec<String>)>,
    /// Those that nobody reads, with what is told of each.
    pub ignored: Vec<(Path, Diagnostic)>,
    /// What is told of all.
    pub told: Vec<Diagnostic>,
}

/// Translates the keys of Bitnami's PostgreSQL and drops its image, with a warning for each.
pub fn settle(said: &mut Node, sources: &Sources) -> Settled {
    let place = |entry: &Entry| sources.place(entry.key.or(entry.value.origin));
    let mut settled = Settled::default();
    let translated = helm::translate(said);
    for (path, entry) in helm::take_rest(said, &translated) {
        let warning = Diagnostic::of_key(Kind::OfPostgresql, &path.to_string()).at(place(&entry), "a key of another chart");
        let warning = warning.help("leave it out");
        settled.ignored.push((path, warning.clone()));
        settled.told.push(warning);
    }
    for one in translated {
        let warning = Diagnostic::of_key(Kind::Translated, one.key).at(place(&one.entry), "a key of another chart");
        settled.told.push(warning.help(format!("set `{}` in its place", one.instead)));
        settled.translated.push((Path::of_keys(one.key), vec![one.instead.to_owned()]));
    }
    if let Some(entry) = helm::drop_chart_image(said) {
        let key = "postgresql.image";
        let warning = Diagnostic::of_key(Kind::OfPostgresql, key).at(place(&entry), "the image of another chart");
        let warning = warning.help("leave it out, or name a copy of the official image `postgres`");
        settled.ignored.push((Path::of_keys(key), warning.clone()));
        settled.told.push(warning);
    }
    settled
}
