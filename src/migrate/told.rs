//! What is left to a person.

use super::change::{Change, Way};
use super::stack::Stack;
use crate::checks::{self, Cluster};
use crate::error::{Diagnostic, Kind, Severity};
use crate::layers::Given;
use crate::schema::Path;
use crate::source::Place;
use crate::yaml::Node;

/// What gen says of the values that were given, as far as it is about something that stands in them and was not changed; and the
/// old names that could not be.
pub fn told(first: &Stack, last: &Stack, done: &[Change], left: &[Change]) -> Vec<Diagnostic> {
    let said = match crate::manifests(&first.layers(), Cluster::default()) {
        Ok(rendering) => rendering.warnings,
        Err(error) => error.diagnostics,
    };
    let Ok((_, given)) = first.given() else { return said };
    let known: Vec<Place> = done.iter().flat_map(|change| changed(change, &given)).collect();
    let old: Vec<Place> = left.iter().flat_map(|change| &change.keys).filter_map(|key| key_place(key, &given)).collect();
    let before = first.trees();
    let after = last.trees();
    let is_gone = |key: &str| {
        let is_in = |trees: &[Node]| trees.iter().any(|tree| Path::of_keys(key).get(tree).is_some());
        is_in(&before) && !is_in(&after)
    };
    // An image of another version decides which keys have an effect.
    let is_known = |diagnostic: &Diagnostic| match &diagnostic.place {
        _ if diagnostic.kind == Kind::Deprecated && is_gone(&diagnostic.title) => true,
        Some(place) => known.iter().any(|known| covers(known, place)) || old.iter().any(|old| covers(old, place) && !diagnostic.is_error()),
        None => !diagnostic.is_error() && !checks::is_of_another_version(diagnostic.code),
    };
    let mut told: Vec<Diagnostic> = said.into_iter().filter(|diagnostic| !is_known(diagnostic)).collect();
    // Of an option that stays a warning says all.
    told.extend(left.iter().filter(|change| change.option.is_none()).filter_map(|change| by_hand(change, &given)));
    told
}

/// The places that a change settles: of an old name the key, of a key without effect or an option all that stands there.
fn changed(change: &Change, given: &Given) -> Vec<Place> {
    let is_whole = matches!(change.ways.first(), Some(Way::Comment(_))) || change.option.is_some();
    let places = change.keys.iter().flat_map(|key| {
        let value = || given.place(key).or_else(|| value_place(key, given));
        key_place(key, given).into_iter().chain(is_whole.then(value).flatten())
    });
    places.collect()
}

fn key_place(path: &Path, given: &Given) -> Option<Place> {
    let (_, entry) = path.find(given.said());
    given.place_of(entry?.key)
}

fn value_place(path: &Path, given: &Given) -> Option<Place> {
    given.place_of(path.get(given.said())?.origin)
}

fn covers(known: &Place, place: &Place) -> bool {
    known.source.name == place.source.name && known.span.start <= place.span.start && place.span.end <= known.span.end
}

/// What has to be changed by hand.
fn by_hand(change: &Change, given: &Given) -> Option<Diagnostic> {
    let key = change.keys.first()?;
    let warning = |title: String| Diagnostic { severity: Severity::Warning, ..Diagnostic::new(title).at(key_place(key, given), "") };
    if let Some((title, help)) = &change.advice {
        return Some(warning(title.clone()).help(help));
    }
    let targets = change.moving().and_then(|moves| moves.pairs.first());
    let Some((_, targets)) = targets else {
        return Some(warning(format!("`{key}` stays, though it has no effect by itself")).note("without it the objects would be others"));
    };
    let targets = targets.iter().map(|path| format!("`{path}`")).collect::<Vec<_>>().join(" and ");
    let told = warning(format!("`{key}` keeps its old name"));
    Some(if key.get(given.said()).is_some_and(has_null) {
        let told = told.note(format!("`null` takes away a default that stands there, and not at {targets}"));
        told.help("leave it as it is: no other key says the same")
    } else {
        let told = told.note(format!("with its value at {targets} the objects would be others"));
        told.help("move it by hand, and compare what is rendered before and after")
    })
}

/// Whether a value is `null`, or one below it is.
fn has_null(node: &Node) -> bool {
    node.is_null() || node.as_map().is_some_and(|entries| entries.values().any(|entry| has_null(&entry.value)))
}
