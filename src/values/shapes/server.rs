//! What the servers of the user interface have in common.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{Annotations, DeploymentStrategy, Hpa, HttpProbe, NetworkPolicy, PodDisruptionBudget, Service, WaitForMigrations};

/// What the API server of Airflow 3 and the webserver of the versions before it have in common.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Server {
    /// Whether it runs. Default: `true`.
    pub enabled: bool,
    /// How many pods run, where no autoscaler decides. Default: 1.
    pub replicas: Option<u32>,
    /// How new pods replace old ones. Default: one after the other.
    pub strategy: Option<DeploymentStrategy>,
    /// When the container counts as failed and is started anew.
    pub liveness_probe: HttpProbe,
    /// When the container gets requests.
    pub readiness_probe: HttpProbe,
    /// When the container counts as started.
    pub startup_probe: HttpProbe,
    /// How it is reached.
    pub service: Service,
    /// Whether it may read the logs of pods that run tasks. Default: `true`.
    pub allow_pod_log_reading: bool,
    /// An autoscaler.
    pub hpa: Hpa,
    /// How many pods may be missing while nodes are drained.
    pub pod_disruption_budget: PodDisruptionBudget,
    /// Who may reach it.
    pub network_policy: NetworkPolicy,
    /// Annotations of the config map with `webserver_config.py`. Default: none.
    pub config_map_annotations: Annotations,
    /// The container that waits for the database.
    pub wait_for_migrations: WaitForMigrations,
}
