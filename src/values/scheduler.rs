//! The scheduler.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Annotations, Component, DeploymentStrategy, Edition, Extras, Need, Probe, Resources, ServiceAccount, Variable, Workload};

/// The scheduler.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Scheduler {
    /// How many schedulers run. Default: 1, the most that Airflow 1.10 can take.
    pub replicas: u32,
    /// How a new pod replaces the old one. Default: Kubernetes' own, which lets both run for a while; `{type: Recreate}`
    /// ends the old one first.
    pub strategy: DeploymentStrategy,
    /// The command of the container. Default: the image's.
    pub command: Option<Vec<String>>,
    /// The arguments of the command. Default of edition 1.10: `[scheduler]`.
    pub args: Option<Vec<String>>,
    /// When the container counts as failed and is started anew.
    pub liveness_probe: SchedulerProbe,
    /// Resources of the container. Default: none said.
    pub resources: Resources,
    /// Seconds that the pod gets to end by itself. Default: 10.
    pub termination_grace_period_seconds: u32,
    /// Whether the cluster autoscaler may move the pod to another node. Default: `true`.
    pub safe_to_evict: bool,
    /// The account that the pod runs as.
    pub service_account: ServiceAccount,
    /// Where and with what the pods run.
    #[serde(flatten)]
    pub workload: Workload,
    /// What is added to them.
    #[serde(flatten)]
    pub extras: Extras,
    /// The container that removes old logs.
    pub log_groomer_sidecar: LogGroomer,
}

impl Default for Scheduler {
    fn default() -> Self {
        Self {
            replicas: 1,
            strategy: DeploymentStrategy::default(),
            command: None,
            args: None,
            liveness_probe: SchedulerProbe::default(),
            resources: Resources::default(),
            termination_grace_period_seconds: 10,
            safe_to_evict: true,
            service_account: ServiceAccount::default(),
            workload: Workload::default(),
            extras: Extras::default(),
            log_groomer_sidecar: LogGroomer::default(),
        }
    }
}

/// How the kubelet asks the scheduler whether it is well.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct SchedulerProbe {
    /// When it asks.
    #[serde(flatten)]
    pub probe: Probe,
    /// The command that asks. Default: a look at the scheduler's last heartbeat in the database.
    pub command: Option<Vec<String>>,
}

/// The container that removes old logs.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct LogGroomer {
    /// Whether it runs. Default: `true`.
    pub enabled: bool,
    /// The command of the container. Default: the image's.
    pub command: Option<Vec<String>>,
    /// The arguments of the command. Default: `[bash, /clean-logs]`, the image's own script.
    pub args: Vec<String>,
    /// Resources of the container. Default: none said.
    pub resources: Resources,
    /// Environment variables of the container. Default: none.
    pub env: Vec<Variable>,
}

impl Default for LogGroomer {
    fn default() -> Self {
        Self {
            enabled: true,
            command: None,
            args: vec!["bash".to_owned(), "/clean-logs".to_owned()],
            resources: Resources::default(),
            env: Vec::new(),
        }
    }
}

impl Component for Scheduler {
    fn name(&self) -> &'static str {
        "scheduler"
    }

    fn values(&self) -> Value {
        super::component::as_template_sees(self)
    }

    fn needs(&self) -> &'static [Need] {
        &[Need::Airflow, Need::Database, Need::LaunchPods]
    }

    fn service_account(&self) -> Option<&ServiceAccount> {
        Some(&self.service_account)
    }

    /// Schedulers of Airflow before 2.0 do not know of each other.
    fn too_many(&self, edition: Edition) -> Option<u32> {
        match edition {
            Edition::V1_10 => (self.replicas > 1).then_some(1),
        }
    }

    fn workload(&self) -> Option<&Workload> {
        Some(&self.workload)
    }

    fn pod_annotations(&self) -> Annotations {
        let mut annotations = self.workload.pod_annotations.clone();
        let evict = "cluster-autoscaler.kubernetes.io/safe-to-evict";
        annotations.0.entry(evict.to_owned()).or_insert_with(|| self.safe_to_evict.to_string());
        annotations
    }
}
