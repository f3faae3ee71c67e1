//! The triggerer, in which deferred tasks wait.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::component::workload;
use super::{
    CommandProbe, Component, DeploymentStrategy, Keda, LogGroomer, Need, OwnVolume, PodDisruptionBudget, UpdateStrategy, Values,
    WaitForMigrations, Workload,
};

/// The triggerer, in which deferred tasks wait.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Triggerer {
    /// Whether it runs. Default: `true`.
    pub enabled: bool,
    /// How many triggerers run. Default: 1.
    pub replicas: Option<u32>,
    /// How new pods of a Deployment replace old ones.
    pub strategy: Option<DeploymentStrategy>,
    /// How new pods of a StatefulSet replace old ones. Default: Kubernetes' own.
    pub update_strategy: Option<UpdateStrategy>,
    /// When the container counts as failed and is started anew.
    pub liveness_probe: CommandProbe,
    /// Whether the cluster autoscaler may move the pod to another node. Default: `true`.
    pub safe_to_evict: Option<bool>,
    /// The volume for logs that each pod has.
    pub persistence: OwnVolume,
    /// How many pods may be missing while nodes are drained.
    pub pod_disruption_budget: PodDisruptionBudget,
    /// The container that removes old logs.
    pub log_groomer_sidecar: LogGroomer,
    /// The container that waits for the database.
    pub wait_for_migrations: WaitForMigrations,
    /// An autoscaler.
    pub keda: Keda,
    /// Where and with what the pods run.
    #[serde(flatten)]
    pub workload: Workload,
}

impl Component for Triggerer {
    workload!();

    fn name(&self) -> &'static str {
        "triggerer"
    }

    fn enabled(&self, _: &Values) -> bool {
        self.enabled
    }

    fn needs(&self) -> &'static [Need] {
        &[Need::Airflow, Need::Database, Need::Apart, Need::Dags]
    }

    fn safe_to_evict(&self) -> Option<bool> {
        self.safe_to_evict
    }

    fn is_stateful(&self, _: &Values) -> bool {
        self.persistence.enabled == Some(true)
    }

    fn is_scaled(&self) -> bool {
        self.keda.enabled == Some(true)
    }
}
