//! What must hold beyond types: pure functions over the values or over the manifests, each in a file of its own.
//!
//! They collect, they do not abort, and none of them names a component.

mod airflow_cfg;
mod api_types;
mod bundled_database;
mod connection;
mod dag_sources;
mod dags;
mod environment;
mod executor;
mod external_secrets;
mod fernet_key;
mod image_version;
mod images;
mod kubernetes_version;
mod labels;
mod logs;
mod missing_secrets;
mod names;
mod not_supported_yet;
mod other_major;
mod placeholders;
mod pod_template;
mod pods;
mod ports;
mod references;
mod replicas;
mod selectors;
mod services;
mod sizes;
mod storage;
mod unique;
mod volumes;
mod yaml_texts;

use crate::error::Severity;
use crate::kubernetes::{Manifest, Set};
use crate::model::{External, Model};
use crate::schema::Path;
use crate::values::{Edition, Values};
use crate::yaml::Node;

pub use kubernetes_version::KubernetesVersion;
pub use references::external as external_of_values;

/// Something that a check found.
#[derive(Debug)]
pub struct Finding {
    /// Whether it stops the job.
    pub severity: Severity,
    /// The key of the values that it is about, if it is about one.
    pub key: Option<Path>,
    /// What is wrong.
    pub title: String,
    /// What stands beside the caret.
    pub label: String,
    /// Facts that explain it.
    pub notes: Vec<String>,
    /// What to do.
    pub help: Option<String>,
}

impl Finding {
    fn of_value(severity: Severity, key: impl Into<Path>, title: impl Into<String>, label: impl Into<String>) -> Self {
        Self { severity, key: Some(key.into()), title: title.into(), label: label.into(), notes: Vec::new(), help: None }
    }

    /// An error about a value.
    fn error(key: impl Into<Path>, title: impl Into<String>, label: impl Into<String>) -> Self {
        Self::of_value(Severity::Error, key, title, label)
    }

    /// A warning about a value.
    fn warning(key: impl Into<Path>, title: impl Into<String>, label: impl Into<String>) -> Self {
        Self::of_value(Severity::Warning, key, title, label)
    }

    /// An error in a manifest.
    fn in_manifest(manifest: &Manifest, fault: impl std::fmt::Display) -> Self {
        let title = format!("{} `{}` in `{}`: {fault}", manifest.kind(), manifest.name(), manifest.path);
        Self { severity: Severity::Error, key: None, title, label: String::new(), notes: Vec::new(), help: None }
    }

    fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

type OfValues = fn(&Values, &Model, &mut Vec<Finding>);
type OfManifests = fn(&Subject<'_>, &mut Vec<Finding>);

/// What has to exist, and is not given.
#[must_use]
pub fn of_secrets(model: &Model) -> Vec<Finding> {
    let mut findings = Vec::new();
    missing_secrets::check(model, &mut findings);
    findings
}

/// The checks over values of every edition.
const OF_VALUES: [OfValues; 3] = [
    |values, _, findings| airflow_cfg::check(values, findings),
    |values, _, findings| fernet_key::check(values, findings),
    |values, _, findings| labels::check(values, findings),
];

/// The checks over values of edition 1.10 alone.
const OF_VALUES_1_10: [OfValues; 10] = [
    |values, _, findings| connection::check(values, findings),
    |values, _, findings| dags::check(values, findings),
    |values, _, findings| environment::check(values, findings),
    |values, _, findings| executor::check(values, findings),
    |values, _, findings| images::check(values, findings),
    |values, _, findings| logs::check(values, findings),
    |_, model, findings| placeholders::check(model, findings),
    |values, _, findings| replicas::check(values, findings),
    |_, model, findings| missing_secrets::check(model, findings),
    |values, _, findings| storage::check(values, findings),
];

/// The checks over values for Airflow 2.11 and 3 alone.
const OF_VALUES_CURRENT: [OfValues; 12] = [
    bundled_database::check,
    image_version::check,
    |values, _, findings| logs::check(values, findings),
    |_, model, findings| missing_secrets::check(model, findings),
    |values, _, findings| not_supported_yet::check(values, findings),
    |values, _, findings| dag_sources::check(values, findings),
    connection::check_current,
    |values, _, findings| executor::misspelt(values, findings),
    external_secrets::check,
    |_, model, findings| placeholders::check(model, findings),
    |values, _, findings| storage::check(values, findings),
    |values, _, findings| yaml_texts::check(values, findings),
];

/// The checks over manifests.
const OF_MANIFESTS: [OfManifests; 12] = [
    api_types::check,
    pod_template::check,
    kubernetes_version::check,
    names::check,
    unique::check,
    volumes::check,
    pods::check,
    references::check,
    selectors::check,
    services::check,
    sizes::check,
    ports::check,
];

/// Manifests that belong together, and what they may refer to besides each other.
#[derive(Debug)]
pub struct Subject<'m> {
    /// The manifests.
    pub set: Set<'m>,
    /// Objects that others provide.
    pub external: &'m [External],
    /// The version of Kubernetes that the cluster has, if it is known.
    pub version: Option<KubernetesVersion>,
}

/// Everything that the checks find in the values; `given` is what the user says of them, `model` what follows from them.
#[must_use]
pub fn of_values(values: &Values, given: &Node, model: &Model) -> Vec<Finding> {
    let of_edition: &[OfValues] = match values.edition() {
        Edition::V1_10 => &OF_VALUES_1_10,
        Edition::Current => &OF_VALUES_CURRENT,
    };
    let mut findings = Vec::new();
    for check in OF_VALUES.iter().chain(of_edition) {
        check(values, model, &mut findings);
    }
    other_major::check(values, given, &mut findings);
    connection::check_given(values, given, &mut findings);
    findings
}

/// Everything that the checks find in the manifests.
#[must_use]
pub fn of_manifests(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for check in OF_MANIFESTS {
        check(subject, &mut findings);
    }
    findings
}
