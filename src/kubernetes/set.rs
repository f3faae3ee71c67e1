//! Manifests that belong together, to look things up in.

use std::collections::HashMap;

use super::{Manifest, Pod};
use crate::schema::Kind;

/// Manifests that belong together.
#[derive(Clone, Debug)]
pub struct Set<'m> {
    manifests: &'m [Manifest],
    /// The manifests by kind and name.
    by_name: HashMap<(&'m str, &'m str), Vec<&'m Manifest>>,
}

impl<'m> Set<'m> {
    /// The set of these manifests.
    #[must_use]
    pub fn of(manifests: &'m [Manifest]) -> Self {
        let mut by_name: HashMap<_, Vec<_>> = HashMap::new();
        for manifest in manifests {
            by_name.entry((manifest.kind(), manifest.name())).or_default().push(manifest);
        }
        Self { manifests, by_name }
    }

    /// All manifests, in the order of their paths.
    #[must_use]
    pub fn all(&self) -> &'m [Manifest] {
        self.manifests
    }

    /// The manifests of a kind.
    pub fn of_kind<'k>(&self, kind: &'k str) -> impl Iterator<Item = &'m Manifest> + use<'m, 'k> {
        self.manifests.iter().filter(move |manifest| manifest.kind() == kind)
    }

    /// The manifest of a kind and name, in whatever namespace.
    #[must_use]
    pub fn named(&self, kind: &str, name: &str) -> Option<&'m Manifest> {
        self.by_name.get(&(kind, name))?.first().copied()
    }

    /// The manifests of a kind and name, in whatever namespaces.
    #[must_use]
    pub fn all_named(&self, kind: &str, name: &str) -> Vec<&'m Manifest> {
        self.by_name.get(&(kind, name)).cloned().unwrap_or_default()
    }

    /// The manifest of a kind and name in a namespace, which does not count for kinds that are in none.
    #[must_use]
    pub fn find(&self, kind: &str, namespace: &str, name: &str) -> Option<&'m Manifest> {
        let here = |manifest: &&&Manifest| Kind::is_of_cluster(kind) || manifest.namespace() == namespace;
        self.by_name.get(&(kind, name))?.iter().find(here).copied()
    }

    /// The manifests that make pods, with the pods.
    pub fn pods(&self) -> impl Iterator<Item = (&'m Manifest, Pod<'m>)> + use<'m> {
        self.manifests.iter().filter_map(|manifest| Some((manifest, manifest.pod()?)))
    }
}
