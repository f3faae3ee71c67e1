//! How manifests are written: as one stream, or as files in a directory.

mod directory;
mod kustomization;
mod ledger;
mod line_ends;
mod order;
mod own_files;
mod plan;
mod selection;
mod staging;
mod stream;
mod written;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::kubernetes::{Manifest, Secrecy};
use crate::yaml;

pub use kustomization::has_kustomization;
use kustomization::kustomization;
pub use line_ends::with_plain_ends;
pub use order::in_install_order;
pub use own_files::{listed, own_files};
pub use plan::outdated;
pub use selection::select;
pub use staging::{Staged, WriteOptions, stage, write_directory};
pub use stream::{plain_stream, stream};
pub use written::Written;

/// The notation of manifests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// YAML documents; in a stream each headed by `# Source: PATH`.
    #[default]
    Yaml,
    /// JSON; a stream is one object of kind `List`.
    Json,
}

impl Format {
    /// The path of a file in this notation.
    #[must_use]
    pub fn path(self, path: &str) -> String {
        match self {
            Self::Yaml => path.to_owned(),
            Self::Json => path.strip_suffix(".yaml").unwrap_or(path).to_owned() + ".json",
        }
    }
}

/// A file to write.
#[derive(Debug)]
pub struct File {
    /// Its path in the directory.
    pub path: String,
    /// What is in it.
    pub text: String,
    /// Whether nobody but its owner may read it.
    pub private: bool,
    /// The objects in it, as in `apps/v1 Deployment data/airflow-scheduler`.
    pub objects: Vec<String>,
}

/// Who wrote a directory, and from what: what the ledger says of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct Stamp {
    /// The version of gen.
    #[serde(rename = "gen", skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// A checksum of the values that are in force; what may be a secret counts as `***`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub values: Option<String>,
    /// The version of Kubernetes for which the manifests were checked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kubernetes: Option<String>,
}

/// What of manifests stands in a directory, and the Secrets with real values that are left out of it, unless they are wanted.
#[must_use]
pub fn tree<'m>(
    manifests: impl IntoIterator<Item = &'m Manifest>,
    with_secrets: bool,
    format: Format,
    with_kustomization: bool,
) -> (Vec<File>, Vec<&'m Manifest>) {
    let is_left_out = |manifest: &&Manifest| !with_secrets && manifest.secrecy == Secrecy::Real;
    let (left_out, written): (Vec<&Manifest>, Vec<&Manifest>) = manifests.into_iter().partition(is_left_out);
    let mut files = files(&written, format);
    if with_kustomization {
        files.push(kustomization(&files));
    }
    (files, left_out)
}

/// The manifests as files, in the order of the paths.
fn files(manifests: &[&Manifest], format: Format) -> Vec<File> {
    let mut by_path: BTreeMap<&str, Vec<&Manifest>> = BTreeMap::new();
    for manifest in manifests {
        by_path.entry(&manifest.path).or_default().push(manifest);
    }
    let text = |manifests: &[&Manifest]| match (format, manifests) {
        (Format::Yaml, _) => manifests.iter().map(|manifest| yaml::write(&manifest.object)).collect::<Vec<_>>().join("---\n"),
        (Format::Json, [only]) => stream::json(&only.object),
        (Format::Json, several) => stream::json(&stream::list(several)),
    };
    let file = |(path, manifests): (&str, Vec<&Manifest>)| File {
        path: format.path(path),
        text: text(&manifests),
        private: manifests.iter().any(|manifest| manifest.secrecy == Secrecy::Real),
        objects: manifests.iter().map(|manifest| identity(manifest)).collect(),
    };
    by_path.into_iter().map(file).collect()
}

/// What tells an object from others, as in `apps/v1 Deployment data/airflow-scheduler`.
fn identity(manifest: &Manifest) -> String {
    let namespace = manifest.namespace();
    let gap = if namespace.is_empty() { "" } else { "/" };
    format!("{} {} {namespace}{gap}{}", manifest.api_version(), manifest.kind(), manifest.name())
}
