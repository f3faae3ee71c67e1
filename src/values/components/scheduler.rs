//! The scheduler.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{
    Background, CommandProbe, Component, DeploymentStrategy, Edition, Endpoint, LogGroomer, Need, Purpose, UpdateStrategy, Values,
    WaitForMigrations, Workload,
};

/// The scheduler.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Scheduler {
    /// Whether it runs. Default: `true`.
    pub enabled: bool,
    /// How many schedulers run. Airflow 1.10 supports only one. Default: 1.
    pub replicas: Option<u32>,
    /// How new pods of a Deployment replace old ones (Kubernetes: `strategy`). Default: Kubernetes' own, with which both
    /// run for a while; `{type: Recreate}` stops the old one first.
    pub strategy: Option<DeploymentStrategy>,
    /// How new pods of a StatefulSet replace old ones (Kubernetes: `updateStrategy`). The scheduler is a StatefulSet if
    /// tasks run in it and their logs are on volumes of its pods. Default: Kubernetes' own.
    pub update_strategy: Option<UpdateStrategy>,
    /// Startup probe: when the container counts as started.
    pub startup_probe: CommandProbe,
    /// What the scheduler, the DAG processor and the triggerer have in common.
    #[serde(flatten)]
    pub background: Background,
    /// What every workload has.
    #[serde(flatten)]
    pub workload: Workload,
}

impl Component for Scheduler {
    fn workload(&self) -> Option<&Workload> {
        Some(&self.workload)
    }

    fn name(&self) -> &'static str {
        "scheduler"
    }

    fn enabled(&self, _: &Values) -> bool {
        self.enabled
    }

    fn needs(&self) -> &'static [Need] {
        &[Need::Airflow, Need::LaunchPods, Need::Tokens, Need::SeparateNodes, Need::DagsIfAlone]
    }

    /// Schedulers of Airflow before 2.0 do not know of each other.
    fn too_many(&self, edition: Edition) -> Option<u32> {
        (edition == Edition::V1_10 && self.replicas.is_some_and(|wanted| wanted > 1)).then_some(1)
    }

    fn log_groomer(&self) -> Option<&LogGroomer> {
        Some(&self.background.log_groomer_sidecar)
    }

    fn wait_for_migrations(&self) -> Option<&WaitForMigrations> {
        Some(&self.background.wait_for_migrations)
    }

    fn safe_to_evict(&self) -> Option<bool> {
        self.background.safe_to_evict
    }

    /// Where tasks run in it, it has their logs.
    fn serves(&self, values: &Values) -> Vec<Endpoint> {
        let logs = || Endpoint::tcp(Purpose::TaskLogs, values.ports.worker_logs);
        values.executor.may_use_local().then(logs).into_iter().collect()
    }

    /// Where tasks run in it, they say how they are.
    fn talks_to(&self, values: &Values) -> Vec<Purpose> {
        let executor = &values.executor;
        let talks = [(executor.uses_celery(), Purpose::Broker), (executor.may_use_local(), Purpose::ExecutionApi)];
        talks.into_iter().filter(|(talks, _)| *talks).map(|(_, purpose)| purpose).collect()
    }

    /// Where tasks run in it, its pods keep their logs as workers do.
    fn is_stateful(&self, values: &Values) -> bool {
        values.executor.uses_local() && values.workers.keeps_logs()
    }
}
