//! The workers: Celery's, which run many tasks, and pods that the Kubernetes executor makes, one a task.

use std::cell::OnceCell;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::layered::Layered as _;
use crate::values::{
    Admission, Caller, Claim, Component, ContainerPort, DeploymentStrategy, DnsLabel, Hpa, Keda, KerberosContainer, LogGroomer, Need,
    OptionalProbe, OwnVolume, PodDisruptionBudget, Port, UpdateStrategy, Values, WaitForMigrations, Workload,
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
    /// The layers laid over each other, once somebody asks.
    #[serde(skip)]
    laid: OnceCell<LaidWorkers>,
}

/// What holds for each kind of workers, with what holds for both below it.
#[derive(Clone, Debug)]
struct LaidWorkers {
    celery: Worker,
    sets: Vec<WorkerSet>,
    kubernetes: KubernetesWorkers,
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
    /// The name of Celery's workers that are of no set.
    pub const DEFAULT_SET: &str = "default";

    fn laid(&self) -> &LaidWorkers {
        self.laid.get_or_init(|| {
            let Self { both, celery: CeleryWorkers { enable_default, sets, worker }, kubernetes, .. } = self;
            let mut celery = worker.over(both);
            celery.kerberos_sidecar.enabled = either(&worker.kerberos_sidecar, &both.kerberos_sidecar);
            celery.kerberos_init_container.enabled = either(&worker.kerberos_init_container, &both.kerberos_init_container);
            let default = WorkerSet { name: Self::DEFAULT_SET.into(), worker: celery.clone() };
            let own = sets.iter().map(|set| WorkerSet { name: set.name.clone(), worker: set.worker.over(&celery) });
            let mut task_pod = kubernetes.over(&both.of_task_pods());
            task_pod.kerberos_sidecar.enabled = either(&kubernetes.kerberos_sidecar, &both.kerberos_sidecar);
            task_pod.kerberos_init_container.enabled = either(&kubernetes.kerberos_init_container, &both.kerberos_init_container);
            let sets = (*enable_default == Some(true)).then_some(default).into_iter().chain(own).collect();
            LaidWorkers { celery, sets, kubernetes: task_pod }
        })
    }

    /// What holds for Celery's workers: what `celery` says, over what is said for both kinds.
    #[must_use]
    pub fn of_celery(&self) -> &Worker {
        &self.laid().celery
    }

    /// Celery's workers, a set each: the default ones first, then those of `sets`, each over what holds for all of them.
    #[must_use]
    pub fn sets(&self) -> &[WorkerSet] {
        &self.laid().sets
    }

    /// What holds for the pods that the Kubernetes executor makes: what `kubernetes` says, over what is said for both kinds.
    #[must_use]
    pub fn of_kubernetes(&self) -> &KubernetesWorkers {
        &self.laid().kubernetes
    }

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

/// Kerberos is on where either layer says so.
fn either(own: &KerberosContainer, below: &KerberosContainer) -> Option<bool> {
    own.enabled.zip(below.enabled).map(|(own, below)| own || below).or(own.enabled).or(below.enabled)
}

impl Worker {
    /// What of it holds for the pods that the Kubernetes executor makes.
    fn of_task_pods(&self) -> KubernetesWorkers {
        KubernetesWorkers {
            kerberos_sidecar: self.kerberos_sidecar.clone(),
            kerberos_init_container: self.kerberos_init_container.clone(),
            safe_to_evict: self.safe_to_evict,
            // The arguments are those of Celery's workers; a task's pod gets its own from the executor.
            workload: Workload { args: None, ..self.workload.clone() },
        }
    }
}

impl Component for Workers {
    fn name(&self) -> &'static str {
        "worker"
    }

    fn workload(&self) -> Option<&Workload> {
        Some(&self.both.workload)
    }

    fn enabled(&self, values: &Values) -> bool {
        values.executor.uses_celery() || values.executor.uses_kubernetes()
    }

    fn needs(&self) -> &'static [Need] {
        &[Need::Airflow, Need::Database, Need::LaunchPods, Need::SeparateNodes, Need::Dags]
    }

    /// The user interface reads the logs of tasks from their pods.
    fn admits<'v>(&'v self, values: &'v Values) -> Admission<'v> {
        Admission { callers: vec![Caller::UserInterface], ports: vec![Port::Tcp(values.ports.worker_logs)] }
    }

    fn safe_to_evict(&self) -> Option<bool> {
        self.both.safe_to_evict
    }
}
