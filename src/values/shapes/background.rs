//! What the scheduler, the DAG processor and the triggerer have in common.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{CommandProbe, LogGroomer, PodDisruptionBudget, WaitForMigrations};

/// What the scheduler, the DAG processor and the triggerer have in common.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Background {
    /// Liveness probe: when the kubelet restarts the container.
    pub liveness_probe: CommandProbe,
    /// Whether the cluster autoscaler may evict the pod (`cluster-autoscaler.kubernetes.io/safe-to-evict`). Default:
    /// `true`.
    pub safe_to_evict: Option<bool>,
    /// Pod disruption budget: how many pods may be unavailable while nodes are drained.
    pub pod_disruption_budget: PodDisruptionBudget,
    /// The log groomer: a sidecar that removes old logs.
    pub log_groomer_sidecar: LogGroomer,
    /// The init container that waits for the database migration.
    pub wait_for_migrations: WaitForMigrations,
}
