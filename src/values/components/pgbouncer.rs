//! PgBouncer, which shares connections to the database.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{
    Annotations, ContainerSecurityContexts, DnsSubdomain, Lifecycle, Line, NetworkPolicyPeer, Optional, PodDisruptionBudget, Probe,
    Resources, SecretLines, VolumeMount, Workload,
};

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
    pub config_secret_name: Optional<DnsSubdomain>,
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

impl Pgbouncer {
    /// Whether it is asked for.
    #[must_use]
    pub fn is_asked_for(&self) -> bool {
        self.enabled
    }
}

/// How PgBouncer is reached.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct PgbouncerService {
    /// Annotations of the Service.
    pub extra_annotations: Annotations,
    /// The address within the cluster.
    pub cluster_ip: Optional<Line>,
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
    pub stats_secret_name: Optional<DnsSubdomain>,
    /// The key in that Secret.
    pub stats_secret_key: Optional<Line>,
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
