//! What templates see.

use indexmap::IndexMap;
use serde::Serialize;
use serde_json::Value;

use super::basis::Basis;
use super::broker;
use super::checksums::Checksums;
use super::component::import_job::Settings;
use super::component::otel_collector::Collector;
use super::component::pgbouncer::Pool;
use super::component::postgresql::BundledDatabase;
use super::component::statsd::Exporter;
use super::component::task_pods::TaskPod;
use super::component::workers::Set;
use super::component::{self, Seen};
use super::component::{import_job, pgbouncer, postgresql, sets, task_pods, workers};
use super::database_proxy::DatabaseProxy;
use super::env::AirflowEnv;
use super::extras::{self, Extras};
use super::git_sync::GitSync;
use super::handover::Handover;
use super::images::{self, Images};
use super::labels::Labelling;
use super::network::Closed;
use super::pod::{Pod, Pods};
use super::pool;
use super::rbac::Rbac;
use super::secret_manifests::SecretManifests;
use super::storage::{self, Folder};
use super::webserver_config::WebserverConfig;
use crate::model::image::NameReference;
use crate::model::labels::Labels;
use crate::values::yaml_list;
use crate::values::{Annotations, OwnVolume, PodVolume, Ports, Values, VolumeMount, camel_case};

/// What templates see, by the names that they have for it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Page<'v> {
    release: Release,
    /// The namespace that objects say they are in.
    namespace: Option<String>,
    create_namespace: bool,
    /// Whether the manifests are to be as Helm would have them.
    for_helm: bool,
    /// Airflow's home in its image.
    home: String,
    /// Labels of an object that belongs to no component.
    labels: Labels,
    images: Images,
    image_pull_secrets: Vec<NameReference>,
    ports: &'v Ports,
    /// The container through which Airflow's containers reach the database, if there is one and no pool in front of it.
    database_proxy: Option<DatabaseProxy<'v>>,
    env_from: Vec<Value>,
    volumes: &'v [PodVolume],
    volume_mounts: &'v [VolumeMount],
    wait_for_migrations_args: [String; 4],
    config: ConfigMap<'v>,
    webserver_config: WebserverConfig<'v>,
    secrets: SecretManifests,
    logs: Folder<'v>,
    dags: Folder<'v>,
    git_sync: Option<GitSync<'v>>,
    rbac: Rbac,
    /// Whether there are network policies.
    network_policies: bool,
    closed: Closed,
    health: Health,
    executor: Executor,
    /// The volume for logs that each worker has; the scheduler's pods have the same where tasks run in them.
    worker_persistence: &'v OwnVolume,
    limit_range_name: String,
    resource_quota_name: String,
    task_pod: TaskPod<'v>,
    exporter: Exporter,
    collector: Collector<'v>,
    enable_service_links: Option<bool>,
    redis_args: Vec<String>,
    pool: Pool<'v>,
    import_settings: Settings,
    extras: Extras<'v>,
    handover: Handover<'v>,
    bundled_database: BundledDatabase<'v>,
    worker_sets: Vec<Set<'v>>,
    edge_workers: Vec<Pod<'v>>,
    triggerers: Vec<Pod<'v>>,
    dag_processors: Vec<Pod<'v>>,
    /// The components, by their keys.
    #[serde(flatten)]
    components: IndexMap<String, Seen<'v>>,
}

/// The release.
#[derive(Serialize)]
struct Release {
    name: String,
    namespace: String,
}

/// What runs the tasks.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Executor {
    /// The executors as a label has them.
    label: String,
    /// Whether tasks run in the scheduler's pod.
    is_local: bool,
    /// Whether the scheduler's container names the port of their logs; to the chart nobody asks there for what a store has.
    names_log_port: bool,
    /// Whether Celery's workers run tasks.
    has_workers: bool,
}

/// The config map with airflow.cfg.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ConfigMap<'v> {
    name: String,
    labels: Labels,
    annotations: &'v Annotations,
    has_local_settings: bool,
    data: IndexMap<&'static str, String>,
}

/// How servers are asked whether they are well.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Health {
    webserver: String,
    /// The scheme, where the server speaks https by itself.
    scheme: Option<&'static str>,
    headers: Vec<Header>,
}

/// A header of a request.
#[derive(Serialize)]
struct Header {
    name: &'static str,
    value: String,
}

impl Health {
    fn of(basis: &Basis<'_>) -> Self {
        let server = &basis.server;
        // A webserver that has a name serves no other.
        let host = server.host.clone().filter(|_| !basis.is_3()).map(|value| Header { name: "Host", value });
        Self {
            webserver: format!("{}/health", server.path),
            scheme: server.has_tls.then_some("HTTPS"),
            headers: host.into_iter().collect(),
        }
    }
}

impl<'v> Page<'v> {
    /// Derives all facts.
    pub fn of(basis: &Basis<'v>) -> Self {
        let values = basis.values;
        let data = extras::config(basis);
        let checksums = Checksums::of(basis, &data);
        let env = AirflowEnv::of(basis);
        let pods = Pods { basis, checksums: &checksums, env: &env };
        let names = &basis.names;
        let all = values.components();
        let workers_key = all.iter().find(|(_, component)| component.name() == "worker").map_or("", |(key, _)| *key);
        Self {
            release: Release { name: names.release.clone(), namespace: names.namespace.clone() },
            namespace: basis.namespace().map(str::to_owned),
            create_namespace: values.create_namespace,
            for_helm: basis.is_for_helm(),
            home: names.home.clone(),
            labels: basis.labelling.plain(),
            images: basis.images.clone(),
            image_pull_secrets: images::pull_secrets(values, names),
            ports: &values.ports,
            database_proxy: DatabaseProxy::of(basis).filter(|_| !pool::exists(values)),
            env_from: yaml_list(values.extra_env_from.as_deref()),
            volumes: &values.volumes,
            volume_mounts: &values.volume_mounts,
            wait_for_migrations_args: wait_for_migrations(values),
            config: ConfigMap {
                name: names.of("config"),
                labels: basis.labelling.of("config"),
                annotations: &values.airflow_config_annotations,
                has_local_settings: data.contains_key("airflow_local_settings.py"),
                data,
            },
            webserver_config: WebserverConfig::of(basis),
            secrets: SecretManifests::of(basis),
            logs: storage::logs(basis),
            dags: storage::dags(basis),
            git_sync: GitSync::of(basis),
            rbac: Rbac::of(basis),
            network_policies: values.network_policies.enabled,
            closed: Closed::of(basis),
            health: Health::of(basis),
            executor: Executor {
                label: Labelling::of_executor(&values.executor),
                is_local: values.executor.uses_local(),
                names_log_port: values.executor.uses_local()
                    && !(basis.is_for_helm() && values.log_stores().iter().any(|(_, store)| store.enabled)),
                has_workers: workers::exist(values),
            },
            worker_persistence: &values.workers.of_celery().persistence,
            limit_range_name: names.of("limit-range"),
            resource_quota_name: names.of("resource-quota"),
            task_pod: task_pods::seen(&pods, workers_key),
            exporter: Exporter::of(basis),
            collector: Collector::of(basis),
            enable_service_links: values.enable_service_links,
            redis_args: broker::redis_args(values),
            pool: pgbouncer::seen(basis),
            import_settings: import_job::seen(basis),
            extras: Extras::of(basis),
            handover: Handover::of(basis),
            bundled_database: postgresql::seen(basis),
            worker_sets: workers::seen(&pods, workers_key),
            edge_workers: sets::edge_workers(&pods),
            triggerers: sets::triggerers(&pods),
            dag_processors: sets::dag_processors(&pods),
            components: all.into_iter().map(|(key, component)| (name(key), component::seen(&pods, key, component))).collect(),
        }
    }
}

/// The name by which templates see a component that has this key: `workersEdge` of `workers.edge`.
fn name(key: &str) -> String {
    camel_case(&key.replace('.', "_"))
}

/// The arguments of the container that waits for the database.
fn wait_for_migrations(values: &Values) -> [String; 4] {
    let timeout = format!("--migration-wait-timeout={}", values.images.migrations_wait_timeout);
    ["airflow".to_owned(), "db".to_owned(), "check-migrations".to_owned(), timeout]
}
