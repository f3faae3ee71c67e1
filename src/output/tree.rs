//! The files of a directory, with the objects that stand in each.

use std::collections::BTreeMap;
use std::path::Path;

use super::directory::Directory;
use super::kustomization::{self, kustomization};
use super::ledger::Ledger;
use super::order::in_install_order;
use super::{Format, Layout, stream};
use crate::error::Error;
use crate::kubernetes::{Manifest, Secrecy};
use crate::yaml;

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
    /// Whether it is written only when another file is, or if it is not there.
    pub follows: bool,
    /// Whether it tells who delivers of the others, and is not applied with them.
    pub apart: bool,
}

/// How manifests become files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// Their notation.
    pub format: Format,
    /// Which objects stand in which files.
    pub layout: Layout,
    /// Whether a `kustomization.yaml` lists the files.
    pub kustomization: bool,
}

impl Style {
    /// As a directory was written the last time, but for the notation.
    ///
    /// # Errors
    ///
    /// What the file system says, or a ledger that cannot be read as one.
    pub fn of(path: &Path, format: Format) -> Result<Self, Error> {
        let ledger = Ledger::of(&Directory::open(path)?)?;
        let kustomization = ledger.paths().any(|path| path == kustomization::PATH);
        Ok(Self { format, layout: ledger.stamp.layout, kustomization })
    }

    /// The paths of objects, each at the place of its object.
    #[must_use]
    pub fn paths(self, manifests: &[&Manifest]) -> Vec<String> {
        self.layout.paths(manifests).iter().map(|path| self.format.path(path)).collect()
    }
}

/// What of manifests stands in a directory, and the Secrets with real values that are left out of it, unless they are wanted.
#[must_use]
pub fn tree<'m>(manifests: impl IntoIterator<Item = &'m Manifest>, with_secrets: bool, style: Style) -> (Vec<File>, Vec<&'m Manifest>) {
    let is_left_out = |manifest: &&Manifest| !with_secrets && manifest.secrecy == Secrecy::Real;
    let (left_out, written): (Vec<&Manifest>, Vec<&Manifest>) = manifests.into_iter().partition(is_left_out);
    let mut files = files(&written, style);
    if style.kustomization || written.iter().any(|manifest| manifest.is_handover_by_kustomize()) {
        files.push(kustomization(&files));
    }
    (files, left_out)
}

/// The manifests as files, in the order of the paths.
fn files(manifests: &[&Manifest], style: Style) -> Vec<File> {
    // What stands in one file comes after what it needs.
    let manifests = if style.layout == Layout::Single { in_install_order(manifests) } else { manifests.to_vec() };
    let mut by_path: BTreeMap<String, Vec<&Manifest>> = BTreeMap::new();
    for (path, manifest) in style.paths(&manifests).into_iter().zip(manifests) {
        by_path.entry(path).or_default().push(manifest);
    }
    let text = |manifests: &[&Manifest]| match (style.format, manifests) {
        (Format::Yaml, _) => manifests.iter().map(|manifest| yaml::write(&manifest.object)).collect::<Vec<_>>().join("---\n"),
        (Format::Json, [only]) => stream::json(&only.object),
        (Format::Json, several) => stream::json(&stream::list(several)),
    };
    let file = |(path, manifests): (String, Vec<&Manifest>)| File {
        path,
        text: text(&manifests),
        private: manifests.iter().any(|manifest| manifest.secrecy == Secrecy::Real),
        objects: manifests.iter().map(|manifest| identity(manifest)).collect(),
        follows: false,
        apart: manifests.iter().any(|manifest| manifest.is_handover()),
    };
    by_path.into_iter().map(file).collect()
}

/// What tells an object from others, as in `apps/v1 Deployment data/airflow-scheduler`.
fn identity(manifest: &Manifest) -> String {
    let namespace = manifest.namespace();
    let gap = if namespace.is_empty() { "" } else { "/" };
    format!("{} {} {namespace}{gap}{}", manifest.api_version(), manifest.kind(), manifest.name())
}
