//! Parts of the official chart that are still to come: their keys are known, and asking for them is an error.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{
    Annotations, ContainerSecurityContexts, DnsSubdomain, HttpProbe, Job, Lifecycle, Line, NetworkPolicy, NetworkPolicyPeer,
    PodDisruptionBudget, Probe, Resources, SecretLines, SecretValue, Service, Values, VolumeMount, Workload,
};

/// What the chart has, and is not supported yet.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Later {
    /// Elasticsearch, as the place of the logs of tasks. Not supported yet.
    pub elasticsearch: LogStore,
    /// OpenSearch, as the place of the logs of tasks. Not supported yet.
    pub opensearch: LogStore,
    /// Kerberos. Not supported yet.
    pub kerberos: Kerberos,
    /// Flower, which shows Celery's workers. Not supported yet.
    pub flower: Flower,
    /// PgBouncer, which shares connections to the database. Not supported yet.
    pub pgbouncer: Pgbouncer,
    /// A CronJob that removes pods of tasks that have ended. Not supported yet.
    pub cleanup: Cleanup,
    /// A CronJob that removes old rows from the database. Not supported yet.
    pub database_cleanup: DatabaseCleanup,
}

/// Flower, which shows Celery's workers.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Flower {
    /// Whether it runs. Not supported yet.
    pub enabled: bool,
    /// When the container counts as failed and is started anew.
    pub liveness_probe: HttpProbe,
    /// When the container gets requests.
    pub readiness_probe: HttpProbe,
    /// When the container counts as started.
    pub startup_probe: HttpProbe,
    /// How it is reached.
    pub service: Service,
    /// Who may reach it.
    pub network_policy: NetworkPolicy,
    /// Who else may reach it.
    pub extra_network_policies: Vec<NetworkPolicyPeer>,
    /// The name of a Secret that exists and holds user and password as `connection`.
    pub secret_name: Option<DnsSubdomain>,
    /// Annotations of the Secret.
    pub secret_annotations: Annotations,
    /// The user.
    pub username: Option<Line>,
    /// The user's password.
    pub password: Option<SecretValue>,
    /// Where and with what the pods run.
    #[serde(flatten)]
    pub workload: Workload,
}

/// PgBouncer, which shares connections to the database.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Pgbouncer {
    /// Whether it runs. Not supported yet.
    pub enabled: bool,
    /// How many run.
    pub replicas: Option<u32>,
    /// The numeric user that it runs as.
    pub uid: u32,
    /// How users log in (PgBouncer: `auth_type`).
    #[serde(rename = "auth_type")]
    pub auth_type: Line,
    /// The file with the users (PgBouncer: `auth_file`).
    #[serde(rename = "auth_file")]
    pub auth_file: Line,
    /// Whether the Secret with the configuration is mounted.
    pub mount_config_secret: bool,
    /// Annotations of the Secret with the certificates.
    pub certificates_secret_annotations: Annotations,
    /// Who else may reach it.
    pub extra_network_policies: Vec<NetworkPolicyPeer>,
    /// The most connections to the metadata database.
    pub metadata_pool_size: u32,
    /// The most connections to the database of Celery's results.
    pub result_backend_pool_size: u32,
    /// The most clients.
    pub max_client_conn: u32,
    /// The name of a Secret that exists and holds the configuration.
    pub config_secret_name: Option<DnsSubdomain>,
    /// Annotations of the Secret with the configuration.
    pub config_secret_annotations: Annotations,
    /// How many pods may be missing while nodes are drained.
    pub pod_disruption_budget: PodDisruptionBudget,
    /// How it is reached.
    pub service: PgbouncerService,
    /// How much it logs.
    pub verbose: u32,
    /// Whether it logs the ends of connections.
    pub log_disconnections: u32,
    /// Whether it logs connections.
    pub log_connections: u32,
    /// How its connections to the database are secured.
    pub sslmode: Line,
    /// The ciphers of those connections.
    pub ciphers: Line,
    /// The certificates of those connections.
    pub ssl: PgbouncerSsl,
    /// More settings of the metadata database.
    pub extra_ini_metadata: Option<String>,
    /// More settings of the database of Celery's results.
    pub extra_ini_result_backend: Option<String>,
    /// More settings.
    pub extra_ini: Option<String>,
    /// The container that shows metrics.
    pub metrics_exporter_sidecar: MetricsExporter,
    /// Where and with what the pods run.
    #[serde(flatten)]
    pub workload: Workload,
}

/// How PgBouncer is reached.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct PgbouncerService {
    /// Annotations of the Service.
    pub extra_annotations: Annotations,
    /// The address within the cluster.
    pub cluster_ip: Option<Line>,
}

/// The certificates of PgBouncer's connections.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct PgbouncerSsl {
    /// The authority's certificate.
    pub ca: Option<SecretLines>,
    /// The certificate.
    pub cert: Option<SecretLines>,
    /// The key.
    pub key: Option<SecretLines>,
}

/// The container that shows PgBouncer's metrics.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct MetricsExporter {
    /// Resources of the container.
    pub resources: Resources,
    /// How its connection to PgBouncer is secured.
    pub sslmode: Line,
    /// The name of a Secret that exists and holds the connection.
    pub stats_secret_name: Option<DnsSubdomain>,
    /// The key in that Secret.
    pub stats_secret_key: Option<Line>,
    /// Annotations of the Secret with the connection.
    pub stats_secret_annotations: Annotations,
    /// The container's security context.
    pub security_contexts: ContainerSecurityContexts,
    /// What runs when the container starts and before it ends.
    pub container_lifecycle_hooks: Lifecycle,
    /// When the container counts as failed and is started anew.
    pub liveness_probe: Probe,
    /// When the container gets requests.
    pub readiness_probe: Probe,
    /// More mounts of the container.
    pub extra_volume_mounts: Vec<VolumeMount>,
}

/// A CronJob that removes what is old.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Cleanup {
    /// When it runs, as in a crontab.
    pub schedule: Line,
    /// How many failed Jobs are kept.
    pub failed_jobs_history_limit: Option<u32>,
    /// How many Jobs that succeeded are kept.
    pub successful_jobs_history_limit: Option<u32>,
    /// What every Job has.
    #[serde(flatten)]
    pub job: Job,
}

/// A CronJob that removes old rows from the database.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct DatabaseCleanup {
    /// Days that rows are kept.
    #[schemars(range(min = 1))]
    pub retention_days: u32,
    /// Whether rows go without an archive.
    pub skip_archive: bool,
    /// The tables. Default: all.
    pub tables: Option<Vec<Line>>,
    /// The most rows that go at once.
    pub batch_size: Option<u32>,
    /// Whether it logs more.
    pub verbose: bool,
    /// What every such CronJob has.
    #[serde(flatten)]
    pub cleanup: Cleanup,
}

/// Elasticsearch or OpenSearch, as the place of the logs of tasks.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct LogStore {
    /// Whether logs are read from there. Not supported yet.
    pub enabled: bool,
    /// The name of a Secret that exists and holds the address as `connection`.
    pub secret_name: Option<DnsSubdomain>,
    /// The parts of the address.
    pub connection: LogStoreConnection,
    /// Annotations of the Secret with the address.
    pub secret_annotations: Annotations,
}

/// The address of Elasticsearch or OpenSearch.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct LogStoreConnection {
    /// `http` or `https`.
    pub scheme: Option<Line>,
    /// The user.
    pub user: Option<Line>,
    /// The user's password.
    pub pass: Option<SecretValue>,
    /// The host.
    pub host: Option<Line>,
    /// The port.
    pub port: Option<u16>,
}

/// Kerberos.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Kerberos {
    /// Whether tasks have tickets. Not supported yet.
    pub enabled: bool,
    /// The folder of the tickets' cache.
    pub ccache_mount_path: Line,
    /// The file of the cache in it.
    pub ccache_file_name: Line,
    /// Where `krb5.conf` is mounted.
    pub config_path: Line,
    /// The keytab, in base64.
    pub keytab_base64_content: Option<SecretValue>,
    /// Where the keytab is mounted.
    pub keytab_path: Line,
    /// Who asks for tickets.
    pub principal: Line,
    /// Seconds between two tickets.
    pub reinit_frequency: u32,
    /// The text of `krb5.conf`.
    pub config: Option<String>,
}

impl Values {
    /// What is asked for and not supported yet, by its key.
    #[must_use]
    pub fn not_supported_yet(&self) -> Vec<String> {
        let sets = self.workers.celery.sets.iter().enumerate().flat_map(|(index, set)| {
            let asked = [
                ("kerberosSidecar", set.worker.kerberos_sidecar.enabled),
                ("kerberosInitContainer", set.worker.kerberos_init_container.enabled),
            ];
            let asked = asked.into_iter().filter(|(_, asked)| *asked == Some(true));
            asked.map(move |(key, _)| format!("workers.celery.sets[{index}].{key}.enabled"))
        });
        let (celery, kubernetes) = (&self.workers.celery.worker, &self.workers.kubernetes);
        let asked = [
            ("flower.enabled", self.later.flower.enabled),
            ("pgbouncer.enabled", self.later.pgbouncer.enabled),
            ("cleanup.enabled", self.later.cleanup.job.enabled),
            ("databaseCleanup.enabled", self.later.database_cleanup.cleanup.job.enabled),
            ("elasticsearch.enabled", self.later.elasticsearch.enabled),
            ("opensearch.enabled", self.later.opensearch.enabled),
            ("kerberos.enabled", self.later.kerberos.enabled),
            ("workers.kerberosSidecar.enabled", self.workers.both.kerberos_sidecar.enabled == Some(true)),
            ("workers.kerberosInitContainer.enabled", self.workers.both.kerberos_init_container.enabled == Some(true)),
            ("workers.celery.kerberosSidecar.enabled", celery.kerberos_sidecar.enabled == Some(true)),
            ("workers.celery.kerberosInitContainer.enabled", celery.kerberos_init_container.enabled == Some(true)),
            ("workers.kubernetes.kerberosSidecar.enabled", kubernetes.kerberos_sidecar.enabled == Some(true)),
            ("workers.kubernetes.kerberosInitContainer.enabled", kubernetes.kerberos_init_container.enabled == Some(true)),
        ];
        asked.into_iter().filter(|(_, asked)| *asked).map(|(key, _)| key.to_owned()).chain(sets).collect()
    }
}
