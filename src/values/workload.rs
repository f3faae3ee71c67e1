//! The shapes that the values of workloads share.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Affinity, Annotations, Container, Labels, PodVolume, Toleration, TopologySpreadConstraint, Variable, VolumeMount};

/// What every workload has.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Workload {
    /// Where the pods run.
    #[serde(flatten)]
    pub scheduling: Scheduling,
    /// Annotations of the workload. Default: none.
    pub annotations: Annotations,
    /// Annotations of the pods. Where they hold a `checksum/...`, none is computed. Default: none.
    pub pod_annotations: Annotations,
    /// Labels of the component's objects and its pods. Default: none.
    pub labels: Labels,
    /// Environment variables of the main container. Default: none.
    pub env: Vec<Variable>,
}

/// What a user may add to the pods of a workload.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Extras {
    /// More containers of the pods. Default: none.
    pub extra_containers: Vec<Container>,
    /// More init containers of the pods, which run before gen's own. Default: none.
    pub extra_init_containers: Vec<Container>,
    /// More volumes of the pods. Default: none.
    pub extra_volumes: Vec<PodVolume>,
    /// More mounts of the main container. Default: none.
    pub extra_volume_mounts: Vec<VolumeMount>,
}

/// Where pods run.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Scheduling {
    /// On which nodes.
    #[serde(flatten)]
    pub placement: Placement,
    /// How the pods spread over nodes and zones. Default: as the cluster does.
    pub topology_spread_constraints: Vec<TopologySpreadConstraint>,
}

/// On which nodes pods run.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Placement {
    /// Labels that a node must have. Default: none.
    pub node_selector: Labels,
    /// Rules of attraction between pods and nodes. Default: none.
    pub affinity: Affinity,
    /// Taints of nodes that the pods bear. Default: none.
    pub tolerations: Vec<Toleration>,
}

/// The own value, or the general one where it says nothing.
fn first<T: Clone>(own: &T, general: &T, empty: impl Fn(&T) -> bool) -> T {
    if empty(own) { general.clone() } else { own.clone() }
}

impl Scheduling {
    /// Where the pods of a component run: by its own values, and by `general` where they say nothing.
    #[must_use]
    pub fn or(&self, general: &Self) -> Self {
        Self {
            placement: self.placement.or(&general.placement),
            topology_spread_constraints: first(&self.topology_spread_constraints, &general.topology_spread_constraints, Vec::is_empty),
        }
    }
}

impl Placement {
    /// On which nodes the pods of a component run: by its own values, and by `general` where they say nothing.
    #[must_use]
    pub fn or(&self, general: &Self) -> Self {
        Self {
            node_selector: first(&self.node_selector, &general.node_selector, |labels| labels.0.is_empty()),
            affinity: first(&self.affinity, &general.affinity, Affinity::is_empty),
            tolerations: first(&self.tolerations, &general.tolerations, Vec::is_empty),
        }
    }
}

/// How the kubelet asks a container whether it is well. What is not given is Kubernetes' own default.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Probe {
    /// Seconds from the start of the container to the first question.
    #[schemars(range(min = 0))]
    pub initial_delay_seconds: Option<u32>,
    /// Seconds to wait for an answer.
    #[schemars(range(min = 1))]
    pub timeout_seconds: Option<u32>,
    /// Seconds between two questions.
    #[schemars(range(min = 1))]
    pub period_seconds: Option<u32>,
    /// After how many failures in a row the container counts as failed.
    #[schemars(range(min = 1))]
    pub failure_threshold: Option<u32>,
}
