//! The cluster's version of Kubernetes does not have the kind of an object.

use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::kubernetes::Manifest;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "M301",
    name: "kind-of-later-version",
    level: Level::Error,
    what: "The cluster's version of Kubernetes does not have the kind of an object.",
    why: "The API server refuses it.",
    example: Example {
        of: Of::ValuesFor("1.18"),
        refused: concat!("airflowVersion: 3.2.0\n", "scheduler: {podDisruptionBudget: {enabled: true}}\n"),
        instead: "airflowVersion: 3.2.0",
    },
    check: Check::Manifest(check),
};

fn check(manifest: &Manifest, release: &Release<'_>, found: &mut Findings) {
    let Some(version) = release.cluster.version else { return };
    let kind = SINCE.iter().find(|(api, kind, _)| *api == manifest.api_version() && *kind == manifest.kind());
    if let Some((api, _, since)) = kind.filter(|(.., since)| version.is_before(*since)) {
        found.in_manifest(manifest, version.lacks(format_args!("`{api}`"), *since));
    }
}

/// The kinds that came late, and the minor version of Kubernetes 1 that they came with (Kubernetes: API reference).
const SINCE: [(&str, &str, u32); 4] = [
    ("networking.k8s.io/v1", "Ingress", 19),
    ("policy/v1", "PodDisruptionBudget", 21),
    ("autoscaling/v2", "HorizontalPodAutoscaler", 23),
    ("batch/v1", "CronJob", 21),
];
