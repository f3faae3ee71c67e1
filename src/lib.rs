//! `gen` writes the Kubernetes manifests of Apache Airflow from one typed values file.
//!
//! There is one way through the house, and each step has a type of its own:
//!
//! ```text
//! values files -> Values -> Model -> text -> Manifest -> findings -> stream or directory
//!                                                                  -> graph
//! ```
//!
//! The [`values`] are read in layers and typed; the [`model`] derives from them every fact that a template places;
//! [`render`] fills the templates of the edition; each text is parsed at once into a [`manifest`], which the
//! [`delivery`] gives what the way to the cluster asks for; it is the object that the [`checks`] look at and the
//! [`output`] writes, and of which the [`graph`] is the picture. Nothing imports to its left except the type that it
//! consumes. [`manifests`] is that way, in one function.

#![forbid(unsafe_code)]

pub mod checks;
pub mod checksum;
pub mod cli;
pub mod delivery;
pub mod error;
pub mod fresh;
pub mod graph;
pub mod manifest;
pub mod model;
pub mod output;
pub mod render;
pub mod schema;
pub mod source;
pub mod values;
pub mod yaml;

use checks::{Finding, KubernetesVersion};
use error::{Diagnostic, Error, Severity};
use manifest::Manifest;
use model::Model;
use model::missing::missing_secrets;
use values::{Given, Layer, Layers};

/// What a run gives, before it is written.
#[derive(Debug)]
pub struct Rendering {
    /// The manifests, in the order of their paths.
    pub manifests: Vec<Manifest>,
    /// What deserves a look.
    pub warnings: Vec<Diagnostic>,
    /// The names of the Secrets that hold placeholders and no secret yet: all others hold real ones.
    pub open: Vec<String>,
}

/// The manifests for what the command line gives, and the warnings that go with them.
///
/// # Errors
///
/// Everything that is wrong with the values, or with the manifests that they would give.
pub fn manifests(given: &Given, version: Option<KubernetesVersion>) -> Result<Rendering, Error> {
    let (values, layers) = Layers::values(given)?;
    let mut warnings = layers.deprecated(values.edition());
    warnings.extend(sorted(checks::of_values(&values, layers.given()), &layers)?);
    let model = Model::of(&values);
    let manifests = delivery::prepared(Manifest::parse(&render::render(&model)?)?, model.delivery);
    let external = [model.external.clone(), checks::external_of_values(layers.tree())].concat();
    let set = checks::Set { manifests: &manifests, external: &external, version };
    warnings.extend(sorted(checks::of_manifests(&set), &layers)?);
    Ok(Rendering { manifests, warnings, open: model.open })
}

/// The Secrets that the values do not give and any hard guess will do for, with fresh values, and what has to exist
/// besides. They are rendered as all others are: the secrets that are made are a layer of their own.
///
/// # Errors
///
/// Everything that is wrong with the values, or with the manifests that they would give.
pub fn fresh_secrets(given: &Given) -> Result<Rendering, Error> {
    let (values, _) = Layers::values(given)?;
    let mut given = given.clone();
    let mut names = Vec::new();
    for missing in missing_secrets(&values) {
        let Some(kind) = missing.fresh else { continue };
        names.push(missing.name);
        let layer = Layer::Secret(missing.key, fresh::secret(kind).as_str().into());
        if !given.0.iter().any(|known| matches!((known, &layer), (Layer::Secret(one, _), Layer::Secret(other, _)) if one == other)) {
            given.0.push(layer);
        }
    }
    let (values, layers) = Layers::values(&given)?;
    let Rendering { mut manifests, open, .. } = manifests(&given, None)?;
    manifests.retain(|manifest| manifest.kind() == "Secret" && names.iter().any(|name| name == manifest.name()));
    let warnings = sorted(checks::of_secrets(&values), &layers)?;
    Ok(Rendering { manifests, warnings, open })
}

/// The warnings among the findings, if there are no errors; else the errors.
fn sorted(findings: Vec<Finding>, layers: &Layers) -> Result<Vec<Diagnostic>, Error> {
    let (mut errors, mut warnings) = (Vec::new(), Vec::new());
    for finding in findings {
        let place = finding.key.as_ref().and_then(|key| layers.place(key));
        let diagnostic = Diagnostic { title: finding.title, place, label: finding.label, notes: finding.notes, help: finding.help };
        match finding.severity {
            Severity::Error => errors.push(diagnostic),
            Severity::Warning => warnings.push(diagnostic),
        }
    }
    if errors.is_empty() { Ok(warnings) } else { Err(errors.into()) }
}
