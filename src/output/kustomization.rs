//! The file that kustomize reads: which files hold the objects.

use super::File;
use crate::yaml::{self, Data, Entry, Map, Node};

/// Its path.
pub(super) const PATH: &str = "kustomization.yaml";

/// A `kustomization.yaml` for the files that are applied together (kustomize: `resources`).
pub(super) fn kustomization(files: &[File]) -> File {
    let text = |text: &str| Node::new(Data::String(text.to_owned()));
    let resources = Node::new(Data::List(files.iter().filter(|file| !file.apart).map(|file| text(&file.path)).collect()));
    let fields = [("apiVersion", text("kustomize.config.k8s.io/v1beta1")), ("kind", text("Kustomization")), ("resources", resources)];
    let entries = fields.into_iter().map(|(key, value)| (key.to_owned(), Entry { key: None, value }));
    let object = Node::new(Data::Map(entries.collect::<Map>()));
    File { path: PATH.to_owned(), text: yaml::write(&object), private: false, objects: Vec::new(), follows: false, apart: false }
}
