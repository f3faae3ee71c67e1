//! How environments ended, and what is told of all of them.

use indexmap::IndexMap;

use super::handover::{Handed, Handover};
use crate::error::{Diagnostic, Error};
use crate::fleet::Environment;

/// How the rendering of an environment ended.
pub struct Outcome<T> {
    /// What was done with its files; nothing, if there are errors.
    pub done: Option<T>,
    /// What is to be told.
    pub told: Vec<Diagnostic>,
    /// By what others hear of its directory, if it was rendered.
    pub handovers: Option<Vec<Handover>>,
}

/// What the environments that were rendered have by which others hear of them.
pub fn handed<'e, T>(chosen: &[&'e Environment], outcomes: &[Outcome<T>]) -> Handed<'e> {
    let all = chosen.iter().zip(outcomes);
    all.filter_map(|(environment, outcome)| Some((environment.name.as_str(), outcome.handovers.clone()?))).collect()
}

/// What was done with all environments, and what is to be told; or all that is to be told as the error, if one failed.
pub fn together<T>(chosen: &[&Environment], outcomes: Vec<Outcome<T>>) -> Result<(Vec<T>, Vec<Diagnostic>), Error> {
    let mut all = Vec::new();
    let mut told: IndexMap<String, (Diagnostic, Vec<&str>)> = IndexMap::new();
    let mut fails = false;
    for (environment, outcome) in chosen.iter().zip(outcomes) {
        fails |= outcome.done.is_none();
        all.extend(outcome.done);
        for one in outcome.told {
            // What is wrong in a file that environments share is told once.
            let at = one.place.as_ref().map(|place| (&place.source.name, place.span.clone()));
            let key = format!("{:?}", (one.severity, &one.title, &at, &one.label, &one.notes, &one.help));
            told.entry(key).or_insert_with(|| (one, Vec::new())).1.push(&environment.name);
        }
    }
    let told = told.into_values().map(|(one, names)| one.note(of_environments(&names, chosen.len()))).collect();
    if fails { Err(Error::from(told)) } else { Ok((all, told)) }
}

/// Of which environments something is told.
fn of_environments(names: &[&str], all: usize) -> String {
    const MOST: usize = 5;
    let listed = names.iter().take(MOST).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    match names {
        [name] => format!("in the environment `{name}`"),
        _ if names.len() == all => format!("in all {all} environments"),
        _ if names.len() > MOST => format!("in the environments {listed} and {} more", names.len() - MOST),
        _ => format!("in the environments {listed}"),
    }
}
