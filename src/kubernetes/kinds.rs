//! Kinds: which of them come first.

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

/// Where a kind stands in Helm's install order; what Helm does not know comes last, by the kinds' names.
#[must_use]
pub fn install_position(kind: &str) -> (usize, &str) {
    INSTALL_ORDER.iter().position(|known| *known == kind).map_or((INSTALL_ORDER.len(), kind), |position| (position, ""))
}
