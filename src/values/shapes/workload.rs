//! The shape that the values of every workload share.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{
    Affinity, Annotations, Container, DnsSubdomain, HostAlias, Labels, Lifecycle, PodSecurityContext, PodVolume, Resources,
    SecurityContexts, ServiceAccount, Toleration, TopologySpreadConstraint, Variable, VolumeMount,
};

/// What every workload has: where its pods run, as whom, with what, and what is added to them.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Workload {
    /// Where the pods run.
    #[serde(flatten)]
    pub scheduling: Scheduling,
    /// The command of the main container. Default: the image's.
    pub command: Option<Vec<String>>,
    /// The arguments of the command.
    pub args: Option<Vec<String>>,
    /// Resources of the main container, and of the containers that run before it. Default: none said.
    pub resources: Resources,
    /// Environment variables of the main container. Default: none.
    pub env: Vec<Variable>,
    /// Annotations of the workload. Default: none.
    pub annotations: Annotations,
    /// Annotations of the pods. In edition 1.10 none is computed where they hold a `checksum/...`. Default: none.
    pub pod_annotations: Annotations,
    /// Labels of the component's objects and its pods. Default: none.
    pub labels: Labels,
    /// The account that the pods run as.
    pub service_account: ServiceAccount,
    /// The pods' security context. Deprecated: `securityContexts.pod` takes its place.
    #[schemars(extend("x-instead" = ["securityContexts.pod"]))]
    pub security_context: PodSecurityContext,
    /// The security contexts of the pods and of the main container.
    pub security_contexts: SecurityContexts,
    /// What runs when the main container starts and before it ends. Default: the general `containerLifecycleHooks`.
    pub container_lifecycle_hooks: Lifecycle,
    /// How many old revisions are kept. Default: the general `revisionHistoryLimit`.
    pub revision_history_limit: Option<u32>,
    /// Seconds that a pod gets to end by itself. Default: Kubernetes' 30, where the component has no other.
    pub termination_grace_period_seconds: Option<u32>,
    /// More containers of the pods. Default: none.
    pub extra_containers: Vec<Container>,
    /// More init containers of the pods; in edition 1.10 they run before gen's own, else after them. Default: none.
    pub extra_init_containers: Vec<Container>,
    /// More volumes of the pods. Default: none.
    pub extra_volumes: Vec<PodVolume>,
    /// More mounts of the main container, and of the containers that run before it. Default: none.
    pub extra_volume_mounts: Vec<VolumeMount>,
}

/// Where pods run.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Scheduling {
    /// On which nodes.
    #[serde(flatten)]
    pub placement: Placement,
    /// The pods' class of importance (Kubernetes: PriorityClass). Default: the cluster's.
    pub priority_class_name: Option<DnsSubdomain>,
    /// The container runtime (Kubernetes: RuntimeClass). Default: the cluster's.
    pub runtime_class_name: Option<DnsSubdomain>,
    /// Names that the pods resolve by themselves, as in `/etc/hosts`. Default: none.
    pub host_aliases: Vec<HostAlias>,
}

/// On which nodes pods run.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Placement {
    /// Labels that a node must have. Default: none.
    pub node_selector: Labels,
    /// Affinity rules. Default: none; for what runs in several copies, the copies prefer different nodes.
    pub affinity: Affinity,
    /// Taints of nodes that the pods bear. Default: none.
    pub tolerations: Vec<Toleration>,
    /// How the pods spread over nodes and zones. Default: as the cluster does.
    pub topology_spread_constraints: Vec<TopologySpreadConstraint>,
    /// The scheduler of Kubernetes that chooses the nodes. Default: the cluster's.
    pub scheduler_name: Option<DnsSubdomain>,
}

/// The own value, or the general one where it says nothing.
fn first<T: Clone>(own: &T, general: &T, empty: impl Fn(&T) -> bool) -> T {
    if empty(own) { general.clone() } else { own.clone() }
}

impl Placement {
    /// On which nodes the pods of a component run: by its own values, and by `general` where they say nothing.
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
