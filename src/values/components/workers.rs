//! The workers: Celery's, which run many tasks each, the Kubernetes executor's pods, one per task, and within them the Edge executor's.

use std::cell::OnceCell;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::layered::Layered as _;
use crate::values::{
    Claim, Component, ContainerPort, DeploymentStrategy, DnsLabel, EdgeWorkers, Endpoint, Hpa, Keda, KerberosContainer, Need,
    OptionalProbe, OwnSecret, OwnVolume, PodDisruptionBudget, Purpose, UpdateStrategy, Values, WaitForMigrations, WorkerLogGroomer,
    Workload, scaled_sets,
};

/// The workers: Celery's and the Edge executor's, which run many tasks each, and the Kubernetes executor's pods, one per task.
///
/// The keys beside `celery`, `kubernetes` and `edge` apply to the first two kinds; in the current edition they are deprecated.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Workers {
    /// The keys for both kinds of workers.
    #[serde(flatten)]
    pub both: Worker,
    /// Celery's workers.
    pub celery: CeleryWorkers,
    /// The pods that the Kubernetes executor creates.
    pub kubernetes: KubernetesWorkers,
    /// The Edge executor's workers, since Airflow 3: they ask the API server for tasks and reach nothing else of Airflow, neither
    /// the database nor a broker. They inherit no key of `workers`. The image needs the provider `edge3`. The chart does not have
    /// this key.
    pub edge: Box<EdgeWorkers>,
    /// The merged layers, computed on first use.
    #[serde(skip)]
    laid: OnceCell<LaidWorkers>,
}

/// The keys of each kind of workers, merged over those for both kinds.
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
    /// Whether there are default workers besides those of `sets`. Default: `true`.
    pub enable_default: Option<bool>,
    /// Sets of workers, each with its own queue, resources and other keys. Default: none.
    pub sets: Vec<WorkerSet>,
    /// The keys of a worker.
    #[serde(flatten)]
    pub worker: Worker,
}

/// A set of Celery's workers.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct WorkerSet {
    /// The set's name, the suffix of its objects' names.
    pub name: DnsLabel,
    /// The set's own keys.
    #[serde(flatten)]
    pub worker: Worker,
}

/// The keys of a worker. Keys that are not given are inherited: a set's from `celery`, `celery`'s from `workers`.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Worker {
    /// How many workers run without an autoscaler. Default: 1.
    pub replicas: Option<u32>,
    /// The queues that they take tasks from, separated by commas. Default: `default`.
    pub queue: Option<String>,
    /// Liveness probe: when the kubelet restarts the container.
    pub liveness_probe: OptionalProbe,
    /// How new pods of a StatefulSet replace old ones (Kubernetes: `updateStrategy`). Default: Kubernetes' own.
    pub update_strategy: Option<UpdateStrategy>,
    /// How new pods of a Deployment replace old ones (Kubernetes: `strategy`).
    pub strategy: Option<DeploymentStrategy>,
    /// Whether a StatefulSet's pods start one after the other (Kubernetes: `podManagementPolicy`). Default: `OrderedReady`,
    /// they do.
    pub pod_management_policy: Option<PodManagementPolicy>,
    /// Pod disruption budget: how many pods may be unavailable while nodes are drained.
    pub pod_disruption_budget: PodDisruptionBudget,
    /// The KEDA autoscaler, which follows the tasks in the database.
    pub keda: Keda,
    /// The HorizontalPodAutoscaler, which follows metrics, if `keda` is not enabled.
    pub hpa: Hpa,
    /// The volume that each worker has for its logs.
    pub persistence: OwnVolume,
    /// The Kerberos sidecar of the worker.
    pub kerberos_sidecar: KerberosContainer,
    /// The Kerberos init container of the worker.
    pub kerberos_init_container: KerberosContainer,
    /// Whether the cluster autoscaler may evict the pods (`cluster-autoscaler.kubernetes.io/safe-to-evict`). Default:
    /// `false`.
    pub safe_to_evict: Option<bool>,
    /// More ports of the container. Default: none.
    pub extra_ports: Vec<ContainerPort>,
    /// More volume claims of each worker (Kubernetes: `volumeClaimTemplates`). Default: none.
    pub volume_claim_templates: Vec<Claim>,
    /// The log groomer: a sidecar that removes old logs.
    pub log_groomer_sidecar: WorkerLogGroomer,
    /// The init container that waits for the database migration.
    pub wait_for_migrations: WaitForMigrations,
    /// What every workload has.
    #[serde(flatten)]
    pub workload: Workload,
}

/// The pods that the Kubernetes executor creates. Keys that are not given are inherited from `workers`.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct KubernetesWorkers {
    /// The Kerberos sidecar of the task pod.
    pub kerberos_sidecar: KerberosContainer,
    /// The Kerberos init container of the task pod.
    pub kerberos_init_container: KerberosContainer,
    /// Whether the cluster autoscaler may evict the pods (`cluster-autoscaler.kubernetes.io/safe-to-evict`). Default:
    /// `false`.
    pub safe_to_evict: Option<bool>,
    /// What every workload has.
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

impl KubernetesWorkers {
    /// What they connect to, besides what everything that runs Airflow does.
    pub const TALKS_TO: [Purpose; 1] = [Purpose::ExecutionApi];
}

impl Values {
    /// The keys that ask for a container that runs Kerberos.
    #[must_use]
    pub fn kerberos_containers(&self) -> Vec<String> {
        let Workers { both, celery, kubernetes, .. } = &self.workers;
        let of = |worker: &Worker| [worker.kerberos_sidecar.enabled, worker.kerberos_init_container.enabled];
        let pods = [kubernetes.kerberos_sidecar.enabled, kubernetes.kerberos_init_container.enabled];
        let mut all =
            vec![("workers".to_owned(), of(both)), ("workers.celery".into(), of(&celery.worker)), ("workers.kubernetes".into(), pods)];
        all.extend(celery.sets.iter().enumerate().map(|(index, set)| (format!("workers.celery.sets[{index}]"), of(&set.worker))));
        let keys = all.into_iter().flat_map(|(at, enabled)| {
            ["kerberosSidecar", "kerberosInitContainer"].map(|key| format!("{at}.{key}.enabled")).into_iter().zip(enabled)
        });
        keys.filter(|(_, enabled)| *enabled == Some(true)).map(|(key, _)| key).collect()
    }

    /// The user's own text of the template for task pods.
    #[must_use]
    pub fn own_pod_template(&self) -> Option<&str> {
        self.pod_template.as_deref().filter(|text| !text.trim().is_empty())
    }
}

impl Workers {
    /// The name of Celery's workers that belong to no set.
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

    /// The keys of Celery's workers: `celery`, merged over the keys for both kinds.
    #[must_use]
    pub fn of_celery(&self) -> &Worker {
        &self.laid().celery
    }

    /// The sets of Celery's workers: the default set, then those of `sets`, each merged over the keys for all sets.
    #[must_use]
    pub fn sets(&self) -> &[WorkerSet] {
        &self.laid().sets
    }

    /// The keys of the Kubernetes executor's pods: `kubernetes`, merged over the keys for both kinds.
    #[must_use]
    pub fn of_kubernetes(&self) -> &KubernetesWorkers {
        &self.laid().kubernetes
    }

    /// Whether each of Celery's workers has a volume for its logs.
    #[must_use]
    pub fn keeps_logs(&self) -> bool {
        self.celery.worker.persistence.enabled.or(self.both.persistence.enabled) == Some(true)
    }
}

/// Kerberos is enabled if either layer enables it.
fn either(own: &KerberosContainer, below: &KerberosContainer) -> Option<bool> {
    own.enabled.zip(below.enabled).map(|(own, below)| own || below).or(own.enabled).or(below.enabled)
}

impl Worker {
    /// The default command: it takes tasks of the queue that tasks are in by default, unless it is told others.
    pub const DEFAULT_COMMAND: &str = "exec \\\nairflow celery worker";

    /// The queues that it takes tasks from, if that is known: a command of the user's own may say anything.
    #[must_use]
    pub fn queues(&self, usual: &str) -> Option<Vec<String>> {
        let is_default = |args: &Vec<String>| args.iter().any(|argument| argument == Self::DEFAULT_COMMAND);
        let own = self.workload.command.is_some() || !self.workload.args.as_ref().is_some_and(is_default);
        let queues = match self.queue.as_deref() {
            None | Some("" | "default") => usual,
            Some(queues) => queues,
        };
        (!own).then(|| queues.split(',').map(|queue| queue.trim().to_owned()).collect())
    }

    /// The keys that apply to the Kubernetes executor's pods.
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
    fn secrets<'v>(&'v self, values: &'v Values) -> Vec<OwnSecret<'v>> {
        vec![values.kerberos.keytab(self.enabled(values))]
    }

    fn name(&self) -> &'static str {
        "worker"
    }

    fn workload(&self) -> Option<&Workload> {
        Some(&self.both.workload)
    }

    fn enabled(&self, values: &Values) -> bool {
        values.executor.uses_celery() || values.executor.uses_kubernetes()
    }

    fn workloads<'v>(&'v self, values: &'v Values) -> Vec<(String, &'v Workload)> {
        let has_env = |workload: &Workload| !workload.env.is_empty();
        let general = |key: &str, workload: &Workload| if has_env(workload) { key.to_owned() } else { String::new() };
        let sets = self.sets().iter().map(|set| {
            let index = self.celery.sets.iter().position(|own| own.name == set.name && has_env(&own.worker.workload));
            let key = index.map(|index| format!("celery.sets[{index}]"));
            (key.unwrap_or_else(|| general("celery", &self.celery.worker.workload)), &set.worker.workload)
        });
        let pods = (general("kubernetes", &self.kubernetes.workload), &self.of_kubernetes().workload);
        let sets = values.executor.uses_celery().then_some(sets).into_iter().flatten();
        sets.chain(values.executor.uses_kubernetes().then_some(pods)).collect()
    }

    fn needs(&self) -> &'static [Need] {
        &[Need::Airflow, Need::LaunchPods, Need::SeparateNodes, Need::Dags]
    }

    fn serves(&self, values: &Values) -> Vec<Endpoint> {
        vec![Endpoint::tcp(Purpose::TaskLogs, values.ports.worker_logs)]
    }

    fn talks_to(&self, values: &Values) -> Vec<Purpose> {
        let broker = values.executor.uses_celery().then_some(Purpose::Broker);
        KubernetesWorkers::TALKS_TO.into_iter().chain(broker).collect()
    }

    fn scaled(&self, values: &Values) -> Vec<(String, bool)> {
        let sets = if values.executor.uses_celery() { self.sets() } else { return Vec::new() };
        let is_scaled = |set: &WorkerSet| [set.worker.keda.enabled, set.worker.hpa.enabled].contains(&Some(true));
        let scaled: Vec<bool> = sets.iter().map(is_scaled).collect();
        let say: Vec<bool> = self.celery.sets.iter().map(|set| set.worker.replicas.is_some()).collect();
        let of_celery = scaled_sets("celery", &scaled, &say);
        std::iter::once((String::new(), of_celery[0].1)).chain(of_celery).collect()
    }

    fn safe_to_evict(&self) -> Option<bool> {
        self.both.safe_to_evict
    }
}
