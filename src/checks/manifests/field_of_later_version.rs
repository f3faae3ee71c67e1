//! The cluster's version of Kubernetes does not have a field.

use super::part;
use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::kubernetes::Manifest;
use crate::schema::{Fault, Later, Schema};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "M303",
    name: "field-of-later-version",
    level: Level::Error,
    what: "The cluster's version of Kubernetes does not have a field.",
    why: "The API server drops the field, or refuses the object.",
    example: Example {
        of: Of::ValuesFor("1.18"),
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "executor: CeleryExecutor\n",
            "redis: {persistence: {persistentVolumeClaimRetentionPolicy: {whenDeleted: Delete}}}\n"
        ),
        instead: "airflowVersion: 3.2.0",
    },
    check: Check::Pod(check),
};

fn check(manifest: &Manifest, release: &Release<'_>, found: &mut Findings) {
    let Some(version) = release.cluster.version else { return };
    let later = |Later { since, .. }| version.is_before(since).then(|| Fault::Later { since, cluster: version.to_string() });
    let schema = Schema::of_kind(manifest.api_version(), manifest.kind());
    for finding in schema.into_iter().flat_map(|schema| schema.later(&manifest.object, later)) {
        part::tell(found, manifest, &manifest.object, "", &finding).within(manifest, &finding.path);
    }
    let (field, since) = RETENTION_POLICY;
    if version.is_before(since) && manifest.object.at(&["spec", field]).is_some() {
        found.in_manifest(manifest, version.lacks(format_args!("`{field}`"), since));
    }
}

/// The field of StatefulSets that came late, by default (Kubernetes: the gate `StatefulSetAutoDeletePVC`).
const RETENTION_POLICY: (&str, u32) = ("persistentVolumeClaimRetentionPolicy", 27);
