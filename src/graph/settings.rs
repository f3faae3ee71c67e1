//! Secrets and config maps, grouped by their readers.

use indexmap::{IndexMap, IndexSet};

use super::pods::Pods;
use super::{Drawing, Kind, Node, Shape, reads, storage};
use crate::kubernetes::Set;

/// A group of Secrets or config maps of a namespace: their readers, and whether others provide them.
type Readers<'m> = IndexMap<(Shape, &'m str, &'m str), IndexSet<usize>>;

/// One node for all Secrets with the same readers, one for all such config maps, and the edges from the readers.
pub(super) fn draw<'m>(set: &Set<'m>, pods: &[Pods<'m>], drawing: &mut Drawing) {
    let mut readers = Readers::new();
    for pods in pods {
        for read in reads::of(pods) {
            let is_the_clusters_own = read.shape == Shape::ConfigMap && read.reference.name == "kube-root-ca.crt";
            if !is_the_clusters_own && (!read.reference.optional || read.object(set, pods.namespace).is_some()) {
                readers.entry((read.shape, pods.namespace, read.reference.name)).or_default().insert(pods.node);
            }
        }
        of_volumes(set, pods, drawing, &mut readers);
    }
    let mut together: IndexMap<(Shape, &str, bool, Vec<usize>), Vec<&str>> = IndexMap::new();
    for ((shape, namespace, name), mut readers) in readers {
        let outside = reads::object(set, shape, namespace, name).is_none();
        readers.sort_unstable();
        together.entry((shape, namespace, outside, readers.into_iter().collect())).or_default().push(name);
    }
    for ((shape, namespace, outside, readers), names) in together {
        let kind = reads::kind(shape);
        let label = match names.as_slice() {
            [name] => vec![(*name).to_owned(), kind.to_owned()],
            names => [format!("{kind}s")].into_iter().chain(names.iter().map(|name| (*name).to_owned())).collect(),
        };
        let node =
            drawing.node(&names.join(" "), Node { shape, label, namespace: Some(namespace.to_owned()), outside, lane: shape.lane() });
        for reader in readers {
            drawing.edge(reader, node, Kind::Reads);
        }
    }
}

/// A persistent volume reads the Secret with its share's key; in the diagram its claim stands for it.
fn of_volumes<'m>(set: &Set<'m>, pods: &Pods<'m>, drawing: &Drawing, readers: &mut Readers<'m>) {
    for volume in pods.pod.volumes() {
        let claim = volume.text(&["persistentVolumeClaim", "claimName"]).unwrap_or_default();
        let node = drawing.nodes.get_index_of(&(Shape::Storage, Some(pods.namespace.to_owned()), claim.to_owned()));
        let Some((node, volume)) = node.zip(storage::volume(set, pods.namespace, claim)) else { continue };
        for reference in ["nodeStageSecretRef", "nodePublishSecretRef"] {
            if let Some(secret) = volume.object.at(&["spec", "csi", reference]) {
                readers
                    .entry((Shape::Secret, secret.text(&["namespace"]).unwrap_or_default(), secret.text(&["name"]).unwrap_or_default()))
                    .or_default()
                    .insert(node);
            }
        }
    }
}
