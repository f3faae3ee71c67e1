//! The cluster's version of Kubernetes does not have containers that start first and run beside the others.

use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::kubernetes::Manifest;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "M302",
    name: "sidecar-of-later-version",
    level: Level::Error,
    what: "The cluster's version of Kubernetes does not have containers that start first and run beside the others.",
    why: "The pod would wait for ever for such a container to end.",
    example: Example {
        of: Of::ValuesFor("1.18"),
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "postgresql: {enabled: false}\n",
            "data:\n",
            "  metadataConnection: {user: airflow, passSecretName: airflow-password}\n",
            "  cloudSqlProxy: {enabled: true, instance: \"project:region:database\"}\n"
        ),
        instead: "airflowVersion: 3.2.0",
    },
    check: Check::Pod(check),
};

fn check(manifest: &Manifest, release: &Release<'_>, found: &mut Findings) {
    let Some(version) = release.cluster.version.filter(|version| version.is_before(SIDECARS)) else { return };
    let first = manifest.pod().map(|pod| pod.spec.items(&["initContainers"])).unwrap_or_default();
    if let Some(sidecar) = first.iter().find(|container| container.get("restartPolicy").is_some()) {
        let name = sidecar.text(&["name"]).unwrap_or_default();
        let what = format_args!("containers that run beside the others, as `{name}`,");
        found.in_manifest(manifest, version.lacks(what, SIDECARS));
    }
}

/// Containers that start before the others and run beside them, by default (Kubernetes: the gate `SidecarContainers`).
const SIDECARS: u32 = 29;
