//! What runs: the pods of the set, and those that are made from a template.

use super::task_pods::Template;
use super::{Drawing, Node, Set, Shape, entries, items, scalar, text};
use crate::kubernetes::Manifest;
use crate::yaml::Node as Yaml;

/// Pods of one kind, and the node that stands for them.
#[derive(Debug)]
pub(super) struct Pods<'m> {
    pub node: usize,
    pub shape: Shape,
    pub namespace: &'m str,
    pub labels: Option<&'m Yaml>,
    pub spec: &'m Yaml,
}

impl<'m> Pods<'m> {
    /// All containers, those that run first included.
    pub fn containers(&self) -> impl Iterator<Item = &'m Yaml> + use<'m> {
        items(self.spec, &["initContainers"]).iter().chain(items(self.spec, &["containers"]))
    }

    /// The account under which they run.
    pub fn account(&self) -> &'m str {
        match text(self.spec, &["serviceAccountName"]) {
            "" => "default",
            name => name,
        }
    }

    /// Whether a selector of labels selects them.
    pub fn are_selected(&self, selector: &Yaml) -> bool {
        let mut wanted = entries(selector, &[]).peekable();
        wanted.peek().is_some()
            && wanted.all(|(key, value)| self.labels.and_then(|labels| labels.get(key)).is_some_and(|label| scalar(label) == scalar(value)))
    }
}

/// A node for each workload, and for each template.
pub(super) fn draw<'m>(set: &Set<'m>, templates: &'m [Template<'m>], drawing: &mut Drawing) -> Vec<Pods<'m>> {
    let mut pods = Vec::new();
    for manifest in set.0 {
        let Some(spec) = manifest.pod_spec().filter(|spec| !items(spec, &["containers"]).is_empty()) else { continue };
        let namespace = manifest.namespace();
        let shape = Shape::Workload;
        let node = Node { shape, label: label(manifest), namespace: Some(namespace.to_owned()), outside: false };
        let node = drawing.node(&format!("{} {}", manifest.kind(), name(manifest)), node);
        pods.push(Pods { node, shape, namespace, labels: labels(manifest), spec });
    }
    for Template { namespace, name, pod } in templates {
        let Some(spec) = pod.get("spec") else { continue };
        let mut label = vec!["task pods".to_owned()];
        if templates.len() > 1 {
            label.push(name.clone());
        }
        let shape = Shape::Pods;
        let node = drawing.node(name, Node { shape, label, namespace: Some((*namespace).to_owned()), outside: false });
        pods.push(Pods { node, shape, namespace, labels: pod.at(&["metadata", "labels"]), spec });
    }
    pods
}

fn labels(manifest: &Manifest) -> Option<&Yaml> {
    match manifest.kind() {
        "Pod" => manifest.object.at(&["metadata", "labels"]),
        "CronJob" => manifest.object.at(&["spec", "jobTemplate", "spec", "template", "metadata", "labels"]),
        _ => manifest.object.at(&["spec", "template", "metadata", "labels"]),
    }
}

/// The name, without the hash with which that of a Job ends when it says what the Job does.
fn name(manifest: &Manifest) -> &str {
    let hash = |end: &str| end.len() == 8 && end.chars().all(|symbol| symbol.is_ascii_digit() || matches!(symbol, 'a'..='f'));
    match manifest.name().rsplit_once('-') {
        Some((name, end)) if manifest.kind() == "Job" && hash(end) => name,
        _ => manifest.name(),
    }
}

fn label(manifest: &Manifest) -> Vec<String> {
    let replicas = manifest.object.at(&["spec", "replicas"]).map(scalar).filter(|replicas| replicas != "1");
    let kind = manifest.kind();
    let kind = replicas.map_or_else(|| kind.to_owned(), |replicas| format!("{kind}, {replicas} replicas"));
    let own = items(&manifest.object, &["spec", "volumeClaimTemplates"]).iter().map(|claim| {
        let size = claim.at(&["spec", "resources", "requests", "storage"]).map(scalar).unwrap_or_default();
        format!("volume of its own: {} {size}", text(claim, &["metadata", "name"])).trim_end().to_owned()
    });
    [name(manifest).to_owned(), kind].into_iter().chain(own).collect()
}
