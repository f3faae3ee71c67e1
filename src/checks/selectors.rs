//! Selectors find pods: a workload's its own, a Service's those of some workload.

use super::{Finding, Set};
use crate::yaml::Node;

pub fn check(set: &Set<'_>, findings: &mut Vec<Finding>) {
    let pods: Vec<&Node> =
        set.manifests.iter().filter_map(|manifest| manifest.object.at(&["spec", "template", "metadata", "labels"])).collect();
    for manifest in set.manifests {
        let own = manifest.object.at(&["spec", "template", "metadata", "labels"]);
        if let (Some(selector), Some(labels)) = (manifest.object.at(&["spec", "selector", "matchLabels"]), own)
            && !selects(selector, labels)
        {
            findings.push(Finding::in_manifest(manifest, "its selector does not find its own pods"));
        }
        if manifest.kind() == "Service"
            && let Some(selector) = manifest.object.at(&["spec", "selector"])
            && !pods.iter().any(|labels| selects(selector, labels))
        {
            findings.push(Finding::in_manifest(manifest, "its selector finds no pods of the set"));
        }
    }
}

/// Whether pods with these labels are selected.
pub fn selects(selector: &Node, labels: &Node) -> bool {
    selector.as_map().is_some_and(|wanted| wanted.iter().all(|(key, entry)| labels.get(key).and_then(Node::as_str) == entry.value.as_str()))
}
