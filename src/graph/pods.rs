//! The pods of the set, and the pods that are made from a template.

use super::task_pods::Template;
use super::{Drawing, Node, Shape};
use crate::kubernetes::{Manifest, Pod, Set};
use crate::yaml::Node as Yaml;

/// Pods of one kind, and the node that stands for them.
#[derive(Debug)]
pub(super) struct Pods<'m> {
    pub node: usize,
    pub shape: Shape,
    pub namespace: &'m str,
    pub pod: Pod<'m>,
}

/// A node for each workload, and for each template.
pub(super) fn draw<'m>(set: &Set<'m>, templates: &'m [Template<'m>], drawing: &mut Drawing) -> Vec<Pods<'m>> {
    let mut pods = Vec::new();
    for manifest in set.all() {
        let Some(pod) = manifest.pod().filter(|pod| pod.containers().next().is_some()) else { continue };
        let namespace = manifest.namespace();
        let shape = Shape::Workload;
        let node = Node { shape, label: label(manifest), namespace: Some(namespace.to_owned()), outside: false, lane: shape.lane() };
        let node = drawing.node(&format!("{} {}", manifest.kind(), name(manifest)), node);
        pods.push(Pods { node, shape, namespace, pod });
    }
    for Template { namespace, name, pod } in templates {
        let Some(pod) = Pod::of(pod) else { continue };
        let mut label = vec!["task pods".to_owned()];
        if templates.len() > 1 {
            label.push(name.clone());
        }
        let shape = Shape::Pods;
        let node = drawing.node(name, Node { shape, label, namespace: Some((*namespace).to_owned()), outside: false, lane: shape.lane() });
        pods.push(Pods { node, shape, namespace, pod });
    }
    pods
}

/// The name of a workload, without the hash of the content that may end a Job's name.
fn name(manifest: &Manifest) -> &str {
    let hash = |end: &str| end.len() == 8 && end.chars().all(|symbol| symbol.is_ascii_digit() || matches!(symbol, 'a'..='f'));
    match manifest.name().rsplit_once('-') {
        Some((name, end)) if manifest.kind() == "Job" && hash(end) => name,
        _ => manifest.name(),
    }
}

fn label(manifest: &Manifest) -> Vec<String> {
    let replicas = manifest.object.at(&["spec", "replicas"]).map(Yaml::scalar).filter(|replicas| replicas != "1");
    let kind = manifest.kind();
    let kind = replicas.map_or_else(|| kind.to_owned(), |replicas| format!("{kind}, {replicas} replicas"));
    let own = manifest.claim_templates().iter().map(|claim| {
        let size = claim.at(&["spec", "resources", "requests", "storage"]).map(Yaml::scalar).unwrap_or_default();
        format!("volume of its own: {} {size}", claim.text(&["metadata", "name"]).unwrap_or_default()).trim_end().to_owned()
    });
    [name(manifest).to_owned(), kind].into_iter().chain(own).collect()
}
