//! Helm's install order: what others need comes first.

use crate::kubernetes::Manifest;

/// The kinds in the order in which Helm installs them (Helm: `pkg/release/util/kind_sorter.go`, `InstallOrder`).
const INSTALL_ORDER: [&str; 36] = [
    "PriorityClass",
    "Namespace",
    "NetworkPolicy",
    "ResourceQuota",
    "LimitRange",
    "PodSecurityPolicy",
    "PodDisruptionBudget",
    "ServiceAccount",
    "Secret",
    "SecretList",
    "ConfigMap",
    "StorageClass",
    "PersistentVolume",
    "PersistentVolumeClaim",
    "CustomResourceDefinition",
    "ClusterRole",
    "ClusterRoleList",
    "ClusterRoleBinding",
    "ClusterRoleBindingList",
    "Role",
    "RoleList",
    "RoleBinding",
    "RoleBindingList",
    "Service",
    "DaemonSet",
    "Pod",
    "ReplicationController",
    "ReplicaSet",
    "Deployment",
    "HorizontalPodAutoscaler",
    "StatefulSet",
    "Job",
    "CronJob",
    "IngressClass",
    "Ingress",
    "APIService",
];

/// The manifests in Helm's install order; those of one kind stay in the order of their paths.
#[must_use]
pub fn in_install_order<'m>(manifests: &[&'m Manifest]) -> Vec<&'m Manifest> {
    let mut sorted = manifests.to_vec();
    sorted.sort_by_key(|manifest| {
        let kind = manifest.kind();
        INSTALL_ORDER.iter().position(|known| *known == kind).map_or((INSTALL_ORDER.len(), kind), |position| (position, ""))
    });
    sorted
}
