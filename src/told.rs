//! What is told of values on the way to their manifests.

use crate::Rendering;
use crate::checks::Finding;
use crate::error::{Diagnostic, Error, Kind};
use crate::kubernetes::Manifest;
use crate::layers::Given;
use crate::schema::Path;

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
        for mut finding in findings {
            let in_manifests = finding.manifests.is_some();
            let in_whole = finding.origin.is_some();
            let texts = finding.manifests.as_ref().filter(|_| !in_whole).map(|manifests| manifests.texts.as_slice());
            let mut place = self.given.place_of(finding.origin);
            if let Some((key, source)) = texts.unwrap_or_default().iter().find_map(|(text, key)| self.given.source_of(text, key)) {
                (finding.key, place) = (Some(key), source);
            }
            let key = finding.key.as_ref();
            let follows = is_wrong && in_manifests && !in_whole && key.is_none_or(|key| self.wrong.iter().any(|wrong| wrong.covers(key)));
            if follows || self.given.is_doubtful(key) {
                continue;
            }
            let place = place.or_else(|| key.and_then(|key| self.given.place(key)));
            let kind = if finding.is_of_others() { Kind::Provided } else { Kind::Other };
            let Finding { rule, severity, title, label, notes, help, .. } = finding;
            let label = if in_manifests && !in_whole { "it comes from here".to_owned() } else { label };
            let diagnostic = Diagnostic { code: rule.about(), severity, kind, title, place, label, notes, help };
            self.wrong.extend(finding.key.filter(|_| diagnostic.is_error()));
            self.diagnostics.push(diagnostic);
        }
    }

    /// The manifests, with what is told as warnings; or all of it as the error.
    pub fn end(self, manifests: Vec<Manifest>) -> Result<Rendering, Error> {
        if self.has_errors() { Err(self.diagnostics.into()) } else { Ok(Rendering { manifests, warnings: self.diagnostics }) }
    }
}
