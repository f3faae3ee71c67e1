//! The Edge executor's workers, which run many tasks each and reach the API server alone.

use std::cell::OnceCell;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::layered::Layered as _;
use crate::values::{
    Component, Delivery, DeploymentStrategy, DnsLabel, Hpa, LogGroomer, Need, OptionalProbe, PodDisruptionBudget, Purpose, QueueName,
    Values, Workload, scaled_sets,
};

/// The Edge executor's workers.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct EdgeWorkers {
    /// Whether there are default workers besides those of `sets`. Default: `true`; with `delivery: helm`, which is as the chart
    /// is, `false`.
    pub enable_default: Option<bool>,
    /// Sets of workers, each with its own queues, resources and other keys. Default: none.
    pub sets: Vec<EdgeWorkerSet>,
    /// The keys of a worker.
    #[serde(flatten)]
    pub keys: EdgeWorkerKeys,
    /// The sets, with what they inherit, computed on first use.
    #[serde(skip)]
    laid: OnceCell<Vec<EdgeWorkerSet>>,
}

/// The keys of a worker at the edge. A set inherits those that it does not give.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct EdgeWorkerKeys {
    /// How many workers run without an autoscaler. Default: 1.
    pub replicas: Option<u32>,
    /// The queues that they take tasks from (Airflow: `--queues`). Default: all queues.
    pub queues: Vec<QueueName>,
    /// How many tasks a worker runs at a time (Airflow: `--concurrency`). Default: Airflow's `[edge] worker_concurrency`, 8.
    #[schemars(range(min = 1))]
    pub concurrency: Option<u32>,
    /// Liveness probe: when the kubelet restarts the container. Its command asks the worker's process for its status.
    pub liveness_probe: OptionalProbe,
    /// How new pods replace old ones (Kubernetes: `strategy`).
    pub strategy: Option<DeploymentStrategy>,
    /// Pod disruption budget: how many pods may be unavailable while nodes are drained.
    pub pod_disruption_budget: PodDisruptionBudget,
    /// The HorizontalPodAutoscaler, which follows metrics.
    pub hpa: Hpa,
    /// Whether the cluster autoscaler may evict the pods (`cluster-autoscaler.kubernetes.io/safe-to-evict`). Default:
    /// `false`.
    pub safe_to_evict: Option<bool>,
    /// The log groomer: a sidecar that removes old logs, of which the API server has got a copy.
    pub log_groomer_sidecar: LogGroomer,
    /// What every workload has.
    #[serde(flatten)]
    pub workload: Workload,
}

/// A set of workers at the edge.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EdgeWorkerSet {
    /// The set's name, the suffix of its objects' names.
    pub name: DnsLabel,
    /// The set's own keys.
    #[serde(flatten)]
    pub keys: EdgeWorkerKeys,
}

impl EdgeWorkers {
    /// The default command: it takes tasks of all queues, unless it is told some.
    pub const DEFAULT_COMMAND: &str = "exec airflow edge worker";

    /// The sets: the default one, and the others.
    #[must_use]
    pub fn all(&self, values: &Values) -> &[EdgeWorkerSet] {
        self.laid.get_or_init(|| {
            let default = EdgeWorkerSet { keys: self.keys.clone(), ..EdgeWorkerSet::default() };
            let sets = self.sets.iter().map(|set| EdgeWorkerSet { keys: set.keys.over(&self.keys), ..set.clone() });
            self.has_default(values).then_some(default).into_iter().chain(sets).collect()
        })
    }

    fn has_default(&self, values: &Values) -> bool {
        self.enable_default.unwrap_or(values.delivery != Delivery::Helm)
    }
}

impl Component for EdgeWorkers {
    fn name(&self) -> &'static str {
        "edge-worker"
    }

    fn workload(&self) -> Option<&Workload> {
        Some(&self.keys.workload)
    }

    fn workloads<'v>(&'v self, _: &'v Values) -> Vec<(String, &'v Workload)> {
        let of_set = |(index, set): (usize, &'v EdgeWorkerSet)| (format!("sets[{index}]"), &set.keys.workload);
        std::iter::once((String::new(), &self.keys.workload)).chain(self.sets.iter().enumerate().map(of_set)).collect()
    }

    fn enabled(&self, values: &Values) -> bool {
        let are_asked_for = self.has_default(values) || !self.sets.is_empty();
        values.executor.uses_edge() && values.airflow_version.major() >= 3 && are_asked_for
    }

    fn needs(&self) -> &'static [Need] {
        &[Need::Airflow, Need::ApiAlone, Need::Tokens, Need::LaunchPods, Need::SeparateNodes, Need::Dags]
    }

    fn log_groomer(&self) -> Option<&LogGroomer> {
        Some(&self.keys.log_groomer_sidecar)
    }

    fn talks_to(&self, _: &Values) -> Vec<Purpose> {
        vec![Purpose::ExecutionApi]
    }

    fn is_scaled(&self) -> bool {
        self.keys.hpa.enabled == Some(true)
    }

    fn scaled(&self, values: &Values) -> Vec<(String, bool)> {
        let scaled: Vec<bool> = self.all(values).iter().map(|set| set.keys.hpa.enabled == Some(true)).collect();
        let say: Vec<bool> = self.sets.iter().map(|set| set.keys.replicas.is_some()).collect();
        scaled_sets("", &scaled, &say)
    }

    fn safe_to_evict(&self) -> Option<bool> {
        self.keys.safe_to_evict
    }
}
