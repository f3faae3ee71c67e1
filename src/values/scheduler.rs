//! The scheduler.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::component::workload;
use super::{
    CommandProbe, Component, DeploymentStrategy, Edition, LogGroomer, Need, PodDisruptionBudget, UpdateStrategy, Values, WaitForMigrations,
    Workload,
};

/// The scheduler.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Scheduler {
    /// Whether it runs. Default: `true`.
    pub enabled: bool,
    /// How many schedulers run. Default: 1, the most that Airflow 1.10 can take.
    pub replicas: Option<u32>,
    /// How a new pod of a Deployment replaces the old one. Default: Kubernetes' own, which lets both run for a while;
    /// `{type: Recreate}` ends the old one first.
    pub strategy: Option<DeploymentStrategy>,
    /// How a new pod of a StatefulSet replaces the old one: it is one where tasks run in it and keep their logs on
    /// volumes of their own. Default: Kubernetes' own.
    pub update_strategy: Option<UpdateStrategy>,
    /// When the container counts as failed and is started anew.
    pub liveness_probe: CommandProbe,
    /// When the container counts as started.
    pub startup_probe: CommandProbe,
    /// Whether the cluster autoscaler may move the pod to another node. Default: `true`.
    pub safe_to_evict: Option<bool>,
    /// How many pods may be missing while nodes are drained.
    pub pod_disruption_budget: PodDisruptionBudget,
    /// The container that removes old logs.
    pub log_groomer_sidecar: LogGroomer,
    /// The container that waits for the database.
    pub wait_for_migrations: WaitForMigrations,
    /// Where and with what the pods run.
    #[serde(flatten)]
    pub workload: Workload,
}

impl Component for Scheduler {
    workload!();

    fn name(&self) -> &'static str {
        "scheduler"
    }

    fn enabled(&self, _: &Values) -> bool {
        self.enabled
    }

    fn needs(&self) -> &'static [Need] {
        &[Need::Airflow, Need::Database, Need::LaunchPods, Need::Tokens, Need::Apart, Need::DagsIfAlone]
    }

    /// Schedulers of Airflow before 2.0 do not know of each other.
    fn too_many(&self, edition: Edition) -> Option<u32> {
        (edition == Edition::V1_10 && self.replicas.is_some_and(|wanted| wanted > 1)).then_some(1)
    }

    fn safe_to_evict(&self) -> Option<bool> {
        self.safe_to_evict
    }

    /// Where tasks run in it, its pods keep their logs as workers do.
    fn is_stateful(&self, values: &Values) -> bool {
        values.executor.uses_local() && values.workers.keeps_logs()
    }
}
