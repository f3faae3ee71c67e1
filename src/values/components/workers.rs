//! The workers: Celery's, which run many tasks, and pods that the Kubernetes executor makes, one a task.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::values::{
    Claim, Component, ContainerPort, DeploymentStrategy, DnsLabel, Hpa, Keda, KerberosContainer, LogGroomer, Need, OptionalProbe,
    OwnVolume, PodDisruptionBudget, UpdateStrategy, Values, WaitForMigrations, Workload,
};

/// The workers: Celery's, which run many tasks, and pods that the Kubernetes executor makes, one a task.
///
/// The keys beside `celery` and `kubernetes` hold for both kinds; in the current edition they are deprecated.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Workers {
    /// What holds for both kinds of workers.
    #[serde(flatten)]
    pub both: Worker,
    /// Celery's workers.
    pub celery: CeleryWorkers,
    /// The pods that the Kubernetes executor makes.
    pub kubernetes: KubernetesWorkers,
}

/// Celery's workers.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct CeleryWorkers {
    /// Whether there are workers beside those of `sets`. Default: `true`.
    pub enable_default: Option<bool>,
    /// Sets of workers, each with its own queue, resources and whatever else it says differently. Default: none.
    pub sets: Vec<WorkerSet>,
    /// What the workers are.
    #[serde(flatten)]
    pub worker: Worker,
}

/// A set of Celery's workers.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct WorkerSet {
    /// The set's name, with which the names of its objects end.
    pub name: DnsLabel,
    /// What it says differently.
    #[serde(flatten)]
    pub worker: Worker,
}

/// What a worker is. What is not given is taken from the workers above it: a set's from `celery`, `celery`'s from
/// `workers`.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Worker {
    /// How many workers run, where no autoscaler decides. Default: 1.
    pub replicas: Option<u32>,
    /// The queues that they take tasks from, with commas between several. Default: `default`.
    pub queue: Option<String>,
    /// When the container counts as failed and is started anew.
    pub liveness_probe: OptionalProbe,
    /// How new pods of a StatefulSet replace old ones. Default: Kubernetes' own.
    pub update_strategy: Option<UpdateStrategy>,
    /// How new pods of a Deployment replace old ones.
    pub strategy: Option<DeploymentStrategy>,
    /// Whether a StatefulSet's pods start one after the other. Default: they do.
    pub pod_management_policy: Option<PodManagementPolicy>,
    /// How many pods may be missing while nodes are drained.
    pub pod_disruption_budget: PodDisruptionBudget,
    /// An autoscaler by the tasks in the database.
    pub keda: Keda,
    /// An autoscaler by metrics, where `keda` is not enabled.
    pub hpa: Hpa,
    /// The volume for logs that each worker has.
    pub persistence: OwnVolume,
    /// Kerberos beside the worker.
    pub kerberos_sidecar: KerberosContainer,
    /// Kerberos before the worker.
    pub kerberos_init_container: KerberosContainer,
    /// Whether the cluster autoscaler may move the pods to other nodes. Default: `false`.
    pub safe_to_evict: Option<bool>,
    /// More ports of the container. Default: none.
    pub extra_ports: Vec<ContainerPort>,
    /// More claims that each worker has for itself. Default: none.
    pub volume_claim_templates: Vec<Claim>,
    /// The container that removes old logs.
    pub log_groomer_sidecar: LogGroomer,
    /// The container that waits for the database.
    pub wait_for_migrations: WaitForMigrations,
    /// Where and with what the pods run.
    #[serde(flatten)]
    pub workload: Workload,
}

/// The pods that the Kubernetes executor makes. What is not given is taken from `workers`.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct KubernetesWorkers {
    /// Kerberos beside the task.
    pub kerberos_sidecar: KerberosContainer,
    /// Kerberos before the task.
    pub kerberos_init_container: KerberosContainer,
    /// Whether the cluster autoscaler may move the pods to other nodes. Default: `false`.
    pub safe_to_evict: Option<bool>,
    /// Where and with what the pods run.
    #[serde(flatten)]
    pub workload: Workload,
}

/// Whether a StatefulSet's pods start one after the other (Kubernetes: `podManagementPolicy`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub enum PodManagementPolicy {
    /// One after the other.
    OrderedReady,
    /// All at once.
    Parallel,
}

impl Workers {
    /// The keys that ask for Kerberos, which is not supported yet.
    #[must_use]
    pub fn kerberos_asked_for(&self) -> Vec<String> {
        let (celery, kubernetes) = (&self.celery.worker, &self.kubernetes);
        let mut containers = vec![
            ("workers".to_owned(), &self.both.kerberos_sidecar, &self.both.kerberos_init_container),
            ("workers.celery".to_owned(), &celery.kerberos_sidecar, &celery.kerberos_init_container),
            ("workers.kubernetes".to_owned(), &kubernetes.kerberos_sidecar, &kubernetes.kerberos_init_container),
        ];
        let sets = self.celery.sets.iter().map(|set| &set.worker).enumerate();
        containers.extend(
            sets.map(|(index, set)| (format!("workers.celery.sets[{index}]"), &set.kerberos_sidecar, &set.kerberos_init_container)),
        );
        let keys = containers.into_iter().flat_map(|(at, sidecar, init)| {
            [(format!("{at}.kerberosSidecar.enabled"), sidecar), (format!("{at}.kerberosInitContainer.enabled"), init)]
        });
        keys.filter(|(_, container)| container.enabled == Some(true)).map(|(key, _)| key).collect()
    }

    /// Whether each of Celery's workers has a volume for its logs.
    #[must_use]
    pub fn keeps_logs(&self) -> bool {
        self.celery.worker.persistence.enabled.or(self.both.persistence.enabled) == Some(true)
    }
}

impl Component for Workers {
    fn name(&self) -> &'static str {
        "worker"
    }

    fn values(&self) -> Value {
        crate::values::component::as_template_sees(self)
    }

    fn workload(&self) -> Option<&Workload> {
        Some(&self.both.workload)
    }

    fn enabled(&self, values: &Values) -> bool {
        values.executor.uses_celery() || values.executor.uses_kubernetes()
    }

    fn needs(&self) -> &'static [Need] {
        &[Need::Airflow, Need::Database, Need::LaunchPods, Need::Apart, Need::Dags]
    }

    fn safe_to_evict(&self) -> Option<bool> {
        self.both.safe_to_evict
    }
}
