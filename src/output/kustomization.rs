//! The file that kustomize reads: which files hold the objects.

use std::path::Path;

use super::File;
use super::directory::Directory;
use super::ledger::Ledger;
use crate::error::Error;
use crate::yaml::{self, Data, Entry, Map, Node};

/// Its path.
const PATH: &str = "kustomization.yaml";

/// A `kustomization.yaml` for files (kustomize: `resources`).
#[must_use]
pub fn kustomization(files: &[File]) -> File {
    let text = |text: &str| Node::new(Data::String(text.to_owned()));
    let resources = Node::new(Data::List(files.iter().map(|file| text(&file.path)).collect()));
    let fields = [("apiVersion", text("kustomize.config.k8s.io/v1beta1")), ("kind", text("Kustomization")), ("resources", resources)];
    let entries = fields.into_iter().map(|(key, value)| (key.to_owned(), Entry { key: None, value }));
    let object = Node::new(Data::Map(entries.collect::<Map>()));
    File { path: PATH.to_owned(), text: yaml::write(&object), private: false, objects: Vec::new() }
}

/// Whether `gen` wrote one into a directory.
///
/// # Errors
///
/// What the file system says, or a ledger that cannot be read as one.
pub fn has_kustomization(path: &Path) -> Result<bool, Error> {
    Ok(Ledger::of(&Directory::open(path)?)?.paths().any(|path| path == PATH))
}
