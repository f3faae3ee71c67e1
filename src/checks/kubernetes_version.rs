//! The cluster's version of Kubernetes has what the manifests ask for.

use std::fmt;
use std::str::FromStr;

use super::{Finding, Subject};

/// A version of Kubernetes: `1.30`, `v1.30.13`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct KubernetesVersion {
    major: u32,
    minor: u32,
}

impl FromStr for KubernetesVersion {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut numbers = text.strip_prefix('v').unwrap_or(text).split(['.', '-', '+']);
        let mut next = || numbers.next().and_then(|number| number.parse().ok());
        match (next(), next()) {
            (Some(major), Some(minor)) => Ok(Self { major, minor }),
            _ => Err("a version of Kubernetes is needed, such as `1.30`"),
        }
    }
}

impl fmt::Display for KubernetesVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

/// The kinds that came late, and the minor version of Kubernetes 1 that they came with (Kubernetes: API reference).
const SINCE: [(&str, &str, u32); 4] = [
    ("networking.k8s.io/v1", "Ingress", 19),
    ("policy/v1", "PodDisruptionBudget", 21),
    ("autoscaling/v2", "HorizontalPodAutoscaler", 23),
    ("batch/v1", "CronJob", 21),
];

/// The field of StatefulSets that came late, by default (Kubernetes: the gate `StatefulSetAutoDeletePVC`).
const RETENTION_POLICY: (&str, u32) = ("persistentVolumeClaimRetentionPolicy", 27);

/// Containers that start before the others and run beside them, by default (Kubernetes: the gate `SidecarContainers`).
const SIDECARS: u32 = 29;

pub fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let Some(version) = subject.version else { return };
    for manifest in subject.set.all() {
        let late = |since: u32| version < KubernetesVersion { major: 1, minor: since };
        let kind = SINCE.iter().find(|(api, kind, _)| *api == manifest.api_version() && *kind == manifest.kind());
        if let Some((api, _, since)) = kind.filter(|(.., since)| late(*since)) {
            findings.push(Finding::in_manifest(
                manifest,
                format_args!("`{api}` came with Kubernetes 1.{since}, and the cluster has {version}"),
            ));
        }
        let first = manifest.pod().map(|pod| pod.spec.items(&["initContainers"])).unwrap_or_default();
        if let Some(sidecar) = first.iter().find(|container| container.get("restartPolicy").is_some()).filter(|_| late(SIDECARS)) {
            findings.push(Finding::in_manifest(
                manifest,
                format_args!(
                    "containers that run beside the others, as `{}`, came with Kubernetes 1.{SIDECARS}, and the cluster has {version}",
                    sidecar.text(&["name"]).unwrap_or_default()
                ),
            ));
        }
        let (field, since) = RETENTION_POLICY;
        if late(since) && manifest.object.at(&["spec", field]).is_some() {
            findings.push(Finding::in_manifest(
                manifest,
                format_args!("`{field}` came with Kubernetes 1.{since}, and the cluster has {version}"),
            ));
        }
    }
}
