//! `gen` writes the Kubernetes manifests of Apache Airflow from one typed values file.
//!
//! There is one way through the house, and each step has a type of its own:
//!
//! ```text
//! values files -> Read -> Merged -> (Values, Given) -> Model -> Rendered -> Manifest -> findings -> stream or directory
//!                                                                                                -> graph
//! ```
//!
//! The [`layers`] read what files and arguments say, merge it and type it as [`values`]. The [`model`] derives from them,
//! once, every fact that a template places or a check needs. [`render`] fills the templates of the edition. Each object
//! becomes a [`Manifest`]; the user's own objects join them, and patches change them. [`delivery`] adds what the way to the cluster needs. The
//! [`checks`] look at the values and at the manifests; the manifest that they saw is the one that [`output`] writes and
//! that [`graph`] draws. What is wrong at one step does not hide what is wrong at the next: [`layers`] give what is wrong its
//! default, and `told` collects what every step has to say. Nothing imports to its left except the type that it consumes. [`manifests`] is that way, in one
//! function.
//!
//! Manifests that others rendered come in at the side: [`intake`] reads files as [`Manifest`]s that know where they stand, and the same
//! [`checks`] look at them.

#![forbid(unsafe_code)]

mod argocd;
mod bounded;
mod cause;
pub mod checks;
mod checksum;
pub mod cli;
pub mod delivery;
pub mod diff;
mod encoded;
pub mod error;
pub mod fleet;
mod fresh;
mod git;
pub mod graph;
mod intake;
mod krm;
pub mod kubernetes;
pub mod layers;
mod literal;
mod manifest;
pub mod manual;
pub mod migrate;
pub mod model;
pub mod output;
mod pins;
pub mod render;
mod report;
pub mod schema;
mod shell;
mod source;
mod told;
pub mod values;
pub mod yaml;

use std::collections::BTreeMap;

use checks::{Cluster, Finding, Release, Subject};
use error::{Diagnostic, Error};
use intake::Intake;
use kubernetes::Manifest;
use layers::{Given, Layer, Read};
use model::Model;
pub use model::missing::{Fresh, Missing};
use output::Stamp;
use told::Told;
use values::Values;

/// What a run gives, before it is written.
#[derive(Debug)]
pub struct Rendering {
    /// The manifests, in the order of their paths.
    pub manifests: Vec<Manifest>,
    /// What deserves a look.
    pub warnings: Vec<Diagnostic>,
    /// The Secrets that have to exist, for which the values give neither text nor name.
    pub missing: Vec<Missing>,
    /// The values that they come from.
    pub given: Option<Given>,
}

impl Rendering {
    /// Who gives the manifests, and from what.
    ///
    /// # Panics
    ///
    /// Never: values are plain data.
    #[must_use]
    pub fn stamp(&self, version: Option<checks::KubernetesVersion>) -> Stamp {
        let values = self.given.as_ref().map(|given| serde_json::to_vec(&given.masked()).expect("values are plain data"));
        Stamp {
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            values: values.map(|values| checksum::of_bytes(&values)),
            kubernetes: version.map(|version| version.to_string()),
            ..Stamp::default()
        }
    }
}

/// The manifests for what the command line gives, and the warnings that go with them.
///
/// # Errors
///
/// Everything that is wrong with the values, or with the manifests that they would give.
pub fn manifests(arguments: &[Layer], cluster: Cluster) -> Result<Rendering, Error> {
    manifests_of(Read::of(arguments)?, cluster)
}

/// The same for what was read already.
fn manifests_of(read: Read, cluster: Cluster) -> Result<Rendering, Error> {
    let (values, given) = read.merged().typed();
    let values = values.ok_or_else(|| Error::from(given.told().to_vec()))?;
    let done = rendering(&values, &given, cluster)?;
    Ok(Rendering { given: Some(given), ..done })
}

/// The manifests as they were at a revision of git: from its values files, and from the files that they name.
fn manifests_at(arguments: &[Layer], revision: git::Revision) -> Result<Rendering, Error> {
    let at = format!("with the values as they are at `{}`", revision.name);
    let files = source::Files::Revision(revision.into());
    Read::with(arguments, files).and_then(|read| manifests_of(read, Cluster::default())).map_err(|mut error| {
        error.diagnostics = error.diagnostics.into_iter().map(|one| one.note(at.clone())).collect();
        error
    })
}

/// What is wrong with the values does not hide what is wrong with the manifests, as far as the one does not follow from the
/// other.
fn rendering(values: &Values, given: &Given, cluster: Cluster) -> Result<Rendering, Error> {
    let mut told = Told::of(given);
    let (model, extra) = known(values, given);
    told.add(checks::of_values(&Subject { values, given: given.said(), known: &model.known }));
    let (manifests, mut found) = match looked_at(&model, extra, given, cluster) {
        Ok(looked_at) => looked_at,
        // Values that are wrong may give what no template foresees.
        Err(_) if told.has_errors() => return told.end(Vec::new()),
        Err(error) => return Err(error),
    };
    let edition = values.edition();
    cause::Search { given, edition, cluster, manifests: &manifests }
        .of(&mut found.iter_mut().filter(|one| told::is_lost(one)).collect::<Vec<_>>());
    told.add(found);
    let mut done = told.end(manifests)?;
    done.warnings.extend(given.chosen_version(values.airflow_version.as_str()));
    done.warnings.extend(given.newer_version(&values.airflow_version));
    done.warnings.extend(cluster.newer_version());
    done.missing = model.known.missing;
    Ok(done)
}

/// All objects, prepared for the way to the cluster, and what the rules find in them.
fn looked_at(model: &Model<'_>, extra: Vec<Manifest>, given: &Given, cluster: Cluster) -> Result<(Vec<Manifest>, Vec<Finding>), Error> {
    let mut manifests = objects(model, extra, given)?;
    kubernetes::add_copies(&mut manifests, &model.known.task_namespaces);
    let external = [model.known.external.as_slice(), &checks::external_of_values(given.whole())].concat();
    let missing = &model.known.missing;
    let release = Release { set: kubernetes::Set::of(&manifests), external: &external, missing, cluster, open: false };
    let found = checks::of_manifests(&release);
    Ok((manifests, found))
}

/// What is to be told of anyone's manifests, which go through the checks that all others go through.
fn judged(intake: &Intake, cluster: Cluster) -> Vec<Diagnostic> {
    let release = Release { set: kubernetes::Set::of(&intake.manifests), external: &[], missing: &[], cluster, open: true };
    let found = told::of_anyones(intake, checks::of_manifests(&release));
    intake.told.iter().cloned().chain(found).chain(cluster.newer_version()).collect()
}

/// What follows from the values, and the user's own objects among them.
#[must_use]
pub fn known<'v>(values: &'v Values, given: &Given) -> (Model<'v>, Vec<Manifest>) {
    let mut model = Model::of(values);
    let extra = manifest::extra(given.whole().items(&["extraObjects"]), model.known.namespace.as_deref());
    model.known.missing.retain(|missing| !extra.iter().any(|one| one.is_secret(&missing.namespace, &missing.name)));
    (model, extra)
}

/// All objects, prepared for the way to the cluster.
///
/// # Errors
///
/// A template that is broken, or a patch that cannot be applied.
pub fn objects(model: &Model<'_>, extra: Vec<Manifest>, given: &Given) -> Result<Vec<Manifest>, Error> {
    let mut manifests = Manifest::of(render::render(model)?)?;
    manifests.extend(extra);
    manifest::patch(&mut manifests, given.whole().items(&["patches"])).map_err(|faults| {
        let placed = |fault: manifest::Fault| fault.error.at(given.place_of(fault.origin), "");
        Error::from(faults.into_iter().map(placed).collect::<Vec<_>>())
    })?;
    manifest::restart(&mut manifests);
    manifests.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(delivery::prepared(manifests, model.edition, model.delivery))
}

/// The Secrets that the values do not give and that can hold any text that is hard to guess, with fresh values. The
/// warnings say what else has to exist. These Secrets are rendered like all others: the fresh values are a layer.
///
/// # Errors
///
/// Everything that is wrong with the values, or with the manifests that they would give.
pub fn fresh_secrets(arguments: &[Layer]) -> Result<Rendering, Error> {
    let mut read = Read::of(arguments)?;
    let mut made: BTreeMap<String, Fresh> = BTreeMap::new();
    let mut names = Vec::new();
    if let (Some(values), given) = read.clone().merged().typed() {
        for missing in known(&values, &given).0.known.missing {
            let Some(kind) = missing.fresh else { continue };
            names.push(missing.name);
            // Several Secrets may hold the same secret.
            made.insert(missing.key, kind);
        }
    }
    for (key, kind) in made {
        read.add_secret(&key, &fresh::secret(kind).as_str().into());
    }
    let (values, given) = read.merged().typed();
    let values = values.ok_or_else(|| Error::from(given.told().to_vec()))?;
    let Rendering { mut manifests, warnings, .. } = rendering(&values, &given, Cluster::default())?;
    let is_made = |manifest: &Manifest| manifest.kind() == "Secret" && names.iter().any(|name| name == manifest.name());
    if manifests.iter().any(is_made) {
        // They go into a namespace that the set itself makes, so that one comes first.
        manifests.retain(|manifest| is_made(manifest) || manifest.kind() == "Namespace");
        manifests.iter_mut().filter(|manifest| manifest.kind() == "Namespace").for_each(delivery::as_applied);
    } else {
        manifests.clear();
    }
    Ok(Rendering { manifests, warnings, missing: Vec::new(), given: None })
}
