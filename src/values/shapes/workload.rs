//! The keys that every workload has.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{
    Affinity, Annotations, Container, DnsSubdomain, HostAlias, Labels, Lifecycle, PodSecurityContext, PodVolume, Resources,
    SecurityContexts, ServiceAccount, Toleration, TopologySpreadConstraint, Variable, VolumeMount,
};

/// The keys that every workload has: nodes, account, security, resources, and additions to its pods.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Workload {
    /// Placement of the pods.
    #[serde(flatten)]
    pub scheduling: Scheduling,
    /// The command of the main container (Kubernetes: `command`). Default: the image's.
    pub command: Option<Vec<String>>,
    /// The arguments of the command (Kubernetes: `args`).
    pub args: Option<Vec<String>>,
    /// Resources of the main container and the init containers. Default: none.
    pub resources: Resources,
    /// Environment variables of the main container. Default: none.
    pub env: Vec<Variable>,
    /// Annotations of the workload. Default: none.
    pub annotations: Annotations,
    /// Annotations of the pods. In edition 1.10 a `checksum/...` among them turns off the computed ones. Default: none.
    pub pod_annotations: Annotations,
    /// Labels of the component's objects and its pods. Default: none.
    pub labels: Labels,
    /// The service account that the pods run as.
    pub service_account: ServiceAccount,
    /// The pods' security context. Deprecated: use `securityContexts.pod`.
    #[schemars(extend("x-instead" = ["securityContexts.pod"]))]
    pub security_context: PodSecurityContext,
    /// The security contexts of the pods and of the main container.
    pub security_contexts: SecurityContexts,
    /// Lifecycle hooks: what runs after the main container starts (`postStart`) and before it stops (`preStop`). Default:
    /// the general `containerLifecycleHooks`.
    pub container_lifecycle_hooks: Lifecycle,
    /// How many old revisions are kept for a rollback. Default: the general `revisionHistoryLimit`.
    pub revision_history_limit: Option<u32>,
    /// Seconds that a pod has to stop before it is killed. Default: the component's own, or Kubernetes' 30.
    pub termination_grace_period_seconds: Option<u32>,
    /// More containers of the pods. Default: none.
    pub extra_containers: Vec<Container>,
    /// More init containers of the pods. They run after gen's own, in edition 1.10 before them. Default: none.
    pub extra_init_containers: Vec<Container>,
    /// More volumes of the pods. Default: none.
    pub extra_volumes: Vec<PodVolume>,
    /// More volume mounts of the main container and the init containers. Default: none.
    pub extra_volume_mounts: Vec<VolumeMount>,
}

/// Placement of pods.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Scheduling {
    /// The nodes.
    #[serde(flatten)]
    pub placement: Placement,
    /// The pods' priority class (Kubernetes: PriorityClass). Default: the cluster's.
    pub priority_class_name: Option<DnsSubdomain>,
    /// The runtime class of the pods (Kubernetes: RuntimeClass). Default: the cluster's.
    pub runtime_class_name: Option<DnsSubdomain>,
    /// Entries of the pods' `/etc/hosts`: IP addresses and their host names. Default: none.
    pub host_aliases: Vec<HostAlias>,
}

/// The nodes that pods run on.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Placement {
    /// Labels that a node must have. Default: none.
    pub node_selector: Labels,
    /// Affinity rules. Default: replicas of one component prefer different nodes; otherwise none.
    pub affinity: Affinity,
    /// Tolerations: taints of nodes that the pods tolerate. Default: none.
    pub tolerations: Vec<Toleration>,
    /// Topology spread constraints: how the pods spread over nodes and zones. Default: the cluster's.
    pub topology_spread_constraints: Vec<TopologySpreadConstraint>,
    /// The Kubernetes scheduler that assigns the pods to nodes. Default: the cluster's.
    pub scheduler_name: Option<DnsSubdomain>,
}

/// The component's value, or the general one if it is empty.
fn first<T: Clone>(own: &T, general: &T, empty: impl Fn(&T) -> bool) -> T {
    if empty(own) { general.clone() } else { own.clone() }
}

impl Placement {
    /// The nodes of a component's pods: its own keys, and those of `general` where its own are empty.
    #[must_use]
    pub fn or(&self, general: &Self) -> Self {
        Self {
            node_selector: first(&self.node_selector, &general.node_selector, |labels| labels.0.is_empty()),
            affinity: first(&self.affinity, &general.affinity, Affinity::is_empty),
            tolerations: first(&self.tolerations, &general.tolerations, Vec::is_empty),
            topology_spread_constraints: first(&self.topology_spread_constraints, &general.topology_spread_constraints, Vec::is_empty),
            scheduler_name: first(&self.scheduler_name, &general.scheduler_name, Option::is_none),
        }
    }
}
