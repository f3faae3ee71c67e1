//! The triggerer, which runs the triggers of deferred tasks.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{
    Background, Component, Demand, DeploymentStrategy, Endpoint, Keda, LogGroomer, Need, OwnVolume, Purpose, UpdateStrategy, Values,
    WaitForMigrations, Workload,
};

/// The triggerer, which runs the triggers of deferred tasks.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Triggerer {
    /// Whether it runs. Default: `true`.
    pub enabled: bool,
    /// How many triggerers run. Default: 1.
    pub replicas: Option<u32>,
    /// How new pods of a Deployment replace old ones (Kubernetes: `strategy`).
    pub strategy: Option<DeploymentStrategy>,
    /// How new pods of a StatefulSet replace old ones (Kubernetes: `updateStrategy`). Default: Kubernetes' own.
    pub update_strategy: Option<UpdateStrategy>,
    /// The volume that each pod has for its logs.
    pub persistence: OwnVolume,
    /// The autoscaler.
    pub keda: Keda,
    /// What the scheduler, the DAG processor and the triggerer have in common.
    #[serde(flatten)]
    pub background: Background,
    /// What every workload has.
    #[serde(flatten)]
    pub workload: Workload,
}

impl Component for Triggerer {
    fn workload(&self) -> Option<&Workload> {
        Some(&self.workload)
    }

    fn name(&self) -> &'static str {
        "triggerer"
    }

    fn enabled(&self, _: &Values) -> bool {
        self.enabled
    }

    fn needs(&self) -> &'static [Need] {
        &[Need::Airflow, Need::SeparateNodes, Need::Dags]
    }

    fn log_groomer(&self) -> Option<&LogGroomer> {
        Some(&self.background.log_groomer_sidecar)
    }

    fn wait_for_migrations(&self) -> Option<&WaitForMigrations> {
        Some(&self.background.wait_for_migrations)
    }

    fn own_volume(&self) -> Option<&OwnVolume> {
        Some(&self.persistence)
    }

    fn keda(&self) -> Option<(&Keda, Demand<'_>)> {
        Some((&self.keda, Demand::Triggers))
    }

    fn serves(&self, values: &Values) -> Vec<Endpoint> {
        vec![Endpoint::tcp(Purpose::TriggerLogs, values.ports.triggerer_logs)]
    }

    fn safe_to_evict(&self) -> Option<bool> {
        self.background.safe_to_evict
    }

    fn is_stateful(&self, _: &Values) -> bool {
        self.persistence.enabled == Some(true)
    }

    fn is_scaled(&self) -> bool {
        self.keda.enabled == Some(true)
    }
}
