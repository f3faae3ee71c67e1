//! Pods, whatever makes them.

use crate::yaml::Node;

/// A pod: its labels, its annotations and what runs in it.
#[derive(Clone, Copy, Debug)]
pub struct Pod<'n> {
    /// Its own labels.
    pub labels: Option<&'n Node>,
    /// Its own annotations.
    pub annotations: Option<&'n Node>,
    /// Its `spec`.
    pub spec: &'n Node,
}

impl<'n> Pod<'n> {
    /// The pod that a template or an object of the kind `Pod` describes.
    #[must_use]
    pub fn of(template: &'n Node) -> Option<Self> {
        let of_metadata = |key: &str| template.at(&["metadata", key]);
        Some(Self { labels: of_metadata("labels"), annotations: of_metadata("annotations"), spec: template.get("spec")? })
    }

    /// All its containers, init containers included.
    pub fn containers(&self) -> impl Iterator<Item = &'n Node> + use<'n> {
        self.spec.items(&["initContainers"]).iter().chain(self.spec.items(&["containers"]))
    }

    /// Its volumes.
    #[must_use]
    pub fn volumes(&self) -> &'n [Node] {
        self.spec.items(&["volumes"])
    }

    /// The service account under which it runs; by default the namespace's `default`.
    #[must_use]
    pub fn account(&self) -> &'n str {
        self.said_account().map_or("default", |(_, name)| name)
    }

    /// The key that names its service account, and the name; the former key counts where the other says nothing (Kubernetes:
    /// `Convert_v1_PodSpec_To_core_PodSpec`).
    #[must_use]
    pub fn said_account(&self) -> Option<(&'static str, &'n str)> {
        let said = |key| Some((key, self.spec.text(&[key]).filter(|name| !name.is_empty())?));
        said("serviceAccountName").or_else(|| said("serviceAccount"))
    }

    /// The paths within a volume that its containers mount; `None` stands for a mount of the whole volume.
    pub fn mounts(&self, volume: &'n Node) -> impl Iterator<Item = Option<&'n str>> + use<'n> {
        let name = volume.text(&["name"]);
        let mounts = self.containers().flat_map(|container| container.items(&["volumeMounts"]));
        mounts.filter(move |mount| mount.text(&["name"]) == name).map(|mount| within(mount.text(&["subPath"])?))
    }
}

/// A path within a volume, in its shortest form; none for the volume itself.
fn within(path: &str) -> Option<&str> {
    let path = path.trim_end_matches('/').trim_start_matches("./");
    Some(path).filter(|path| !path.is_empty() && *path != ".")
}
