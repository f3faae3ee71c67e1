//! What was told of an environment, as it is remembered.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Environment;
use crate::checks::registry;
use crate::error::{Diagnostic, Kind, Severity};
use crate::layers::Layer;
use crate::source::{Place, Source};

/// A diagnostic as plain data.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Remark {
    code: String,
    severity: Severity,
    kind: Kind,
    title: String,
    /// Which layer of the environment it is in, and the byte range there.
    place: Option<(usize, Range<usize>)>,
    label: String,
    notes: Vec<String>,
    help: Option<String>,
}

impl Remark {
    /// What is remembered of what was told, without what is told with `--verbose` alone: then nothing is remembered. None, if some of it
    /// stands elsewhere than in the layers of the environment.
    pub fn all(told: &[Diagnostic], environment: &Environment) -> Option<Vec<Self>> {
        told.iter().filter(|one| one.kind != Kind::Provided).map(|one| Self::of(one, environment)).collect()
    }

    fn of(told: &Diagnostic, environment: &Environment) -> Option<Self> {
        let Diagnostic { code, severity, kind, title, place, label, notes, help } = told.clone();
        let place = match place {
            Some(Place { source, span }) => {
                let layer = environment.layers.iter().position(|layer| layer.name().is_some_and(|name| name == source.name))?;
                Some((layer, span))
            }
            None => None,
        };
        Some(Self { code: code.code.to_owned(), severity, kind, title, place, label, notes, help })
    }

    /// Whether it is a warning.
    pub fn is_warning(&self) -> bool {
        self.severity == Severity::Warning
    }
}

/// What remarks are made diagnostics with.
pub struct Recalling<'e> {
    layers: &'e [Layer],
    /// The texts of those, as far as they were asked for.
    sources: BTreeMap<usize, Arc<Source>>,
}

impl<'e> Recalling<'e> {
    pub fn of(environment: &'e Environment) -> Self {
        Self { layers: &environment.layers, sources: BTreeMap::new() }
    }

    /// The diagnostics that were remembered. None, if one cannot be made anew.
    pub fn told(&mut self, remarks: &[Remark]) -> Option<Vec<Diagnostic>> {
        remarks.iter().map(|remark| self.diagnostic(remark)).collect()
    }

    fn diagnostic(&mut self, remark: &Remark) -> Option<Diagnostic> {
        let Remark { code, severity, kind, title, place, label, notes, help } = remark.clone();
        let place = match place {
            Some((layer, span)) => Some(Place { source: self.source(layer)?, span }),
            None => None,
        };
        Some(Diagnostic { code: registry::code(&code)?, severity, kind, title, place, label, notes, help })
    }

    fn source(&mut self, number: usize) -> Option<Arc<Source>> {
        if let Some(source) = self.sources.get(&number) {
            return Some(Arc::clone(source));
        }
        let source = self.layers.get(number)?.source()?;
        self.sources.insert(number, Arc::clone(&source));
        Some(source)
    }
}
