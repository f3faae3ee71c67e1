//! What the components that work behind the web interface have in common.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{CommandProbe, LogGroomer, PodDisruptionBudget, WaitForMigrations};

/// What the scheduler, the DAG processor and the triggerer have in common.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Background {
    /// When the container counts as failed and is started anew.
    pub liveness_probe: CommandProbe,
    /// Whether the cluster autoscaler may move the pod to another node. Default: `true`.
    pub safe_to_evict: Option<bool>,
    /// How many pods may be missing while nodes are drained.
    pub pod_disruption_budget: PodDisruptionBudget,
    /// The container that removes old logs.
    pub log_groomer_sidecar: LogGroomer,
    /// The container that waits for the database.
    pub wait_for_migrations: WaitForMigrations,
}
