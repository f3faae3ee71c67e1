//! What is told of values on the way to their manifests, and of anyone's manifests.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::Rendering;
use crate::cause::wording;
use crate::checks::{self, Finding};
use crate::error::{Diagnostic, Error, Kind, Severity};
use crate::intake::Intake;
use crate::kubernetes::Manifest;
use crate::layers::Given;
use crate::schema::{self, Path, Step};
use crate::source::Place;
use crate::yaml::Data;

/// What is told so far, with the keys that were wrong.
pub struct Told<'g> {
    given: &'g Given,
    diagnostics: Vec<Diagnostic>,
    wrong: Vec<Path>,
}

impl<'g> Told<'g> {
    /// What is told of the values by themselves.
    pub fn of(given: &'g Given) -> Self {
        Self { given, diagnostics: given.told().to_vec(), wrong: Vec::new() }
    }

    /// Whether anything stops the run.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }

    /// Adds findings. Once something is wrong, only what cannot follow from it is told: what a key says that the user wrote.
    pub fn add(&mut self, findings: Vec<Finding>) {
        let is_wrong = self.has_errors();
        let mut seen = HashMap::new();
        for mut finding in findings {
            let in_manifests = finding.manifests.is_some();
            let in_whole = finding.origin.is_some();
            let mut place = self.given.place_of(finding.origin);
            if let Some((key, source)) = source(&finding, self.given) {
                (finding.key, place) = (Some(key), source);
            }
            let key = finding.key.as_ref();
            let follows = is_wrong && in_manifests && !in_whole && key.is_none_or(|key| self.wrong.iter().any(|wrong| wrong.covers(key)));
            if follows || self.given.is_doubtful(key) {
                continue;
            }
            let place = place.or_else(|| key.and_then(|key| self.given.place(key)));
            if in_manifests && !in_whole {
                "it comes from here".clone_into(&mut finding.label);
            }
            // What one key says may be another item of a list in each object.
            let words = finding.manifests.as_ref().filter(|_| !in_whole).map(|found| wording(&found.fault));
            if let Some(same) = place.as_ref().zip(words).map(|(place, words)| (finding.rule.code, position(place), words)) {
                let first = *seen.entry(same).or_insert(self.diagnostics.len());
                if let Some(first) = self.diagnostics.get_mut(first) {
                    first.notes.push(format!("the same: {}", finding.title));
                    continue;
                }
            }
            self.wrong.extend(finding.key.take().filter(|_| finding.severity == Severity::Error));
            self.diagnostics.push(told(finding, place));
        }
    }

    /// The manifests, with what is told as warnings; or all of it as the error, but for what goes with manifests.
    pub fn end(mut self, manifests: Vec<Manifest>) -> Result<Rendering, Error> {
        if !self.has_errors() {
            return Ok(Rendering { manifests, warnings: self.diagnostics, missing: Vec::new(), given: None });
        }
        // Nothing has to be in the cluster for manifests that there are not.
        self.diagnostics.retain(|one| one.is_error() || !checks::goes_with_manifests(one.code));
        let unfilled = unfilled(self.given);
        for one in self.diagnostics.iter_mut().filter(|one| one.is_error()) {
            let Some(place) = one.place.as_ref().filter(|place| unfilled.contains(&position(place))) else { continue };
            let first = format!(": `envsubst < {} | gen -f -` does it first", place.source.name);
            let first = if place.source.is_file() { first } else { String::new() };
            one.notes.push(format!("gen fills in no `${{...}}`, as Helm does not{first}"));
            break;
        }
        Err(self.diagnostics.into())
    }
}

/// The key of the values that a fault in manifests comes from, and its place there: by a text, of several by the part of the values
/// that the fault comes from, or by that part.
fn source(finding: &Finding, given: &Given) -> Option<(Path, Option<Place>)> {
    let found = finding.manifests.as_ref()?;
    let cause = finding.key.as_ref();
    let common = |path: &Path| cause.map_or(0, |cause| path.0.iter().zip(&cause.0).take_while(|(one, other)| one == other).count());
    // A text that stands elsewhere is another. Of those that are equally near the first counts.
    let is_near = |path: &Path| cause.is_none_or(|cause| common(path) >= cause.0.len().saturating_sub(1).max(1));
    let mut near: Vec<_> = traced(finding, given).into_iter().filter(|(path, _)| is_near(path)).collect();
    let nearest = near.iter().map(|(path, _)| common(path)).max().unwrap_or_default();
    near.retain(|(path, _)| common(path) == nearest);
    // Of several far below the part nobody knows which.
    let is_sure = near.len() == 1 || cause.is_none_or(|cause| near.iter().any(|(path, _)| path.0.len() <= cause.0.len() + 1));
    if is_sure && !near.is_empty() {
        return Some(near.swap_remove(0));
    }
    let cause = cause?;
    let item = cause.0.split_last().map(|(_, item)| item).filter(|item| matches!(item.last(), Some(Step::Index(_))));
    let parts = [cause.clone()].into_iter().chain(item.map(|item| Path(item.to_vec())));
    let words = || found.texts.iter().chain(&found.hints);
    let hinted = parts
        .into_iter()
        .filter(|_| near.is_empty())
        .find_map(|part| words().find_map(|(text, key)| given.source_within(&part, text, key)));
    hinted.or_else(|| Some((cause.clone(), given.place_of_part(cause))))
}

/// The keys of the values that have a text of what is wrong in manifests, and the places of the text.
pub fn traced(finding: &Finding, given: &Given) -> Vec<(Path, Option<Place>)> {
    let Some(found) = finding.manifests.as_ref().filter(|_| finding.origin.is_none()) else { return Vec::new() };
    let sources = found.texts.iter().map(|(text, key)| given.sources_of(text, key));
    sources.into_iter().find(|sources| !sources.is_empty()).unwrap_or_default()
}

/// Whether it stops the run, and it is not known for sure where in the values it comes from.
pub fn is_lost(finding: &Finding) -> bool {
    let is_open = finding.severity == Severity::Error && finding.origin.is_none() && finding.key.is_none();
    is_open && finding.manifests.is_some()
}

/// Where the values have texts that another program was to fill in.
fn unfilled(given: &Given) -> HashSet<(String, Range<usize>)> {
    let mut found = HashSet::new();
    let mut left = vec![given.said()];
    while let Some(node) = left.pop() {
        match &node.data {
            Data::Map(entries) => left.extend(entries.values().map(|entry| &entry.value)),
            Data::List(items) => left.extend(items),
            Data::String(text) if text.contains("${") => found.extend(given.place_of(node.origin).as_ref().map(position)),
            _ => {}
        }
    }
    found
}

/// What tells a place from others.
fn position(Place { source, span }: &Place) -> (String, Range<usize>) {
    (source.name.clone(), span.clone())
}

/// A finding at its place.
fn told(finding: Finding, place: Option<Place>) -> Diagnostic {
    let kind = if finding.is_of_others() { Kind::Provided } else { Kind::Other };
    let Finding { rule, severity, title, label, notes, help, .. } = finding;
    Diagnostic { code: rule.about(), severity, kind, title, place, label, notes, help }
}

/// The family of rules about the names of objects.
const OF_NAMES: &str = "M4";

/// Findings in anyone's manifests, each at its place in their files: where its text stands, unless the rule says where it is.
pub fn of_anyones(intake: &Intake, findings: Vec<Finding>) -> Vec<Diagnostic> {
    let mut all = Vec::new();
    let mut seen = HashSet::new();
    for finding in findings {
        let origin = finding.origin;
        let manifest = origin.and_then(|origin| intake.manifests.iter().find(|manifest| manifest.given == Some(origin)));
        let texts = finding.manifests.as_ref().map(|found| found.texts.as_slice()).unwrap_or_default();
        let is_of_name = finding.rule.family() == OF_NAMES;
        let found = manifest.and_then(|manifest| {
            // The object may have the name of what it refers to.
            let parts = || manifest.object.entries(&[]).filter(|(part, _)| *part != "metadata").map(|(_, part)| part);
            let parts = || parts().filter(|_| !is_of_name).chain([&manifest.object]);
            texts
                .iter()
                .find_map(|(text, key)| parts().find_map(|part| schema::sources_of(part, &intake.sources, text, key).into_iter().next()))
        });
        let place = found.and_then(|(_, place)| place).or_else(|| intake.sources.place(origin));
        let told = told(finding, place);
        // Two containers, or two ports, may have the same.
        if seen.insert((told.title.clone(), told.place.as_ref().map(position))) {
            all.push(told);
        }
    }
    all
}
