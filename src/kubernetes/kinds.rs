//! Kinds: which of them come first, and which belong to no namespace.

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

/// The kinds whose objects are in no namespace (Kubernetes API: `Cluster` scope).
const OF_CLUSTER: [&str; 9] = [
    "Namespace",
    "Node",
    "PersistentVolume",
    "StorageClass",
    "PriorityClass",
    "CustomResourceDefinition",
    "ClusterRole",
    "ClusterRoleBinding",
    "IngressClass",
];

/// Where a kind stands in Helm's install order; what Helm does not know comes last, by the kinds' names.
#[must_use]
pub fn install_position(kind: &str) -> (usize, &str) {
    INSTALL_ORDER.iter().position(|known| *known == kind).map_or((INSTALL_ORDER.len(), kind), |position| (position, ""))
}

/// Whether objects of a kind are in no namespace.
pub(super) fn is_of_cluster(kind: &str) -> bool {
    OF_CLUSTER.contains(&kind)
}
