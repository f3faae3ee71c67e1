//! The cluster's version of Kubernetes does not take a value.

use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::kubernetes::Manifest;
use crate::yaml::Node;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "M306",
    name: "value-of-later-version",
    level: Level::Error,
    what: "The cluster's version of Kubernetes does not take a value.",
    why: "The API server refuses the object.",
    example: Example {
        of: Of::ValuesFor("1.34"),
        refused: concat!("airflowVersion: 3.2.0\n", "releaseName: 1a\n"),
        instead: "airflowVersion: 3.2.0\nreleaseName: a1\n",
    },
    check: Check::Manifest(check),
};

fn check(manifest: &Manifest, release: &Release<'_>, found: &mut Findings) {
    let Some(version) = release.cluster.version else { return };
    for Value { key, node, what, since } in values(manifest).into_iter().filter(|value| version.is_before(value.since)) {
        found.in_manifest(manifest, version.lacks(what, since)).at_node(manifest, node).of_text(&node.scalar(), key);
    }
}

/// A value that not every cluster takes.
struct Value<'m> {
    key: &'static str,
    node: &'m Node,
    what: String,
    since: u32,
}

/// The values of an object that not every cluster takes, with the minor version of Kubernetes 1 that takes them by default.
fn values(manifest: &Manifest) -> Vec<Value<'_>> {
    let mut all = Vec::new();
    let mut add = |key, node, what, since| all.push(Value { key, node, what, since });
    let begins_with_digit = |name: &&Node| name.as_str().is_some_and(|name| name.starts_with(|c: char| c.is_ascii_digit()));
    let spec = manifest.object.get("spec");
    // Kubernetes: the gate `RelaxedServiceNameValidation`.
    for name in names_of_services(manifest).into_iter().filter(begins_with_digit) {
        add("name", name, "a name of a Service that begins with a digit".to_owned(), 36);
    }
    // `PreferSameTrafficDistribution`.
    if let Some(node) = manifest.service().and_then(|spec| spec.get("trafficDistribution"))
        && matches!(node.as_str(), Some("PreferSameNode" | "PreferSameZone"))
    {
        add("trafficDistribution", node, format!("`trafficDistribution: {}`", node.scalar()), 34);
    }
    // `SELinuxMount`.
    if let Some(node) = manifest.pod().and_then(|pod| pod.spec.at(&["securityContext", "seLinuxChangePolicy"]))
        && node.as_str() == Some("MountOption")
    {
        add("seLinuxChangePolicy", node, "`seLinuxChangePolicy: MountOption`".to_owned(), 37);
    }
    // `HPAScaleToZero`.
    if manifest.kind() == "HorizontalPodAutoscaler"
        && let Some(node) = spec.and_then(|spec| spec.get("minReplicas")).filter(|least| least.scalar() == "0")
    {
        add("minReplicas", node, "`minReplicas: 0`".to_owned(), 37);
    }
    all
}

/// The name of a Service, and those that an Ingress leads to.
fn names_of_services(manifest: &Manifest) -> Vec<&Node> {
    let own = manifest.service().and_then(|_| manifest.object.at(&["metadata", "name"]));
    let spec = manifest.object.get("spec").filter(|_| manifest.kind() == "Ingress" && !manifest.is_strange());
    let rules = spec.map(|spec| spec.items(&["rules"])).unwrap_or_default().iter();
    let paths = rules.flat_map(|rule| rule.items(&["http", "paths"])).filter_map(|path| path.get("backend"));
    let backends = spec.and_then(|spec| spec.get("defaultBackend")).into_iter().chain(paths);
    own.into_iter().chain(backends.filter_map(|backend| backend.at(&["service", "name"]))).collect()
}
