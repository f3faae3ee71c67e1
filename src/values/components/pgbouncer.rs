//! PgBouncer, which pools connections to the database.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{
    Annotations, ContainerSecurityContexts, DnsSubdomain, Lifecycle, Line, NetworkPolicyPeer, Optional, PodDisruptionBudget, Probe,
    Resources, SecretLines, VolumeMount, Workload,
};

/// PgBouncer, which pools connections to the database.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Pgbouncer {
    /// Whether it runs. Not supported yet.
    pub enabled: bool,
    /// How many pods run.
    pub replicas: Option<u32>,
    /// The numeric ID of the user that it runs as.
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
    /// More peers that may connect to it, where `networkPolicies.enabled` asks for policies.
    pub extra_network_policies: Vec<NetworkPolicyPeer>,
    /// The maximum number of connections to the metadata database.
    pub metadata_pool_size: u32,
    /// The maximum number of connections to the database of Celery's results.
    pub result_backend_pool_size: u32,
    /// The maximum number of client connections (PgBouncer: `max_client_conn`).
    pub max_client_conn: u32,
    /// The name of an existing Secret that holds the configuration.
    pub config_secret_name: Optional<DnsSubdomain>,
    /// Annotations of the Secret with the configuration.
    pub config_secret_annotations: Annotations,
    /// Pod disruption budget: how many pods may be unavailable while nodes are drained.
    pub pod_disruption_budget: PodDisruptionBudget,
    /// The Service in front of it.
    pub service: PgbouncerService,
    /// The verbosity of the log (PgBouncer: `verbose`).
    pub verbose: u32,
    /// Whether it logs disconnections: 0 or 1 (PgBouncer: `log_disconnections`).
    pub log_disconnections: u32,
    /// Whether it logs connections: 0 or 1 (PgBouncer: `log_connections`).
    pub log_connections: u32,
    /// The TLS mode of its connections to the database (PgBouncer: `server_tls_sslmode`).
    pub sslmode: Line,
    /// The TLS ciphers of those connections (PgBouncer: `server_tls_ciphers`).
    pub ciphers: Line,
    /// The certificates of those connections.
    pub ssl: PgbouncerSsl,
    /// More settings of the metadata database.
    pub extra_ini_metadata: Option<String>,
    /// More settings of the database of Celery's results.
    pub extra_ini_result_backend: Option<String>,
    /// More settings.
    pub extra_ini: Option<String>,
    /// The sidecar that exports metrics to Prometheus.
    pub metrics_exporter_sidecar: MetricsExporter,
    /// What every workload has.
    #[serde(flatten)]
    pub workload: Workload,
}

impl Pgbouncer {
    /// Whether the values ask for it.
    #[must_use]
    pub fn is_asked_for(&self) -> bool {
        self.enabled
    }
}

/// The Service in front of PgBouncer.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct PgbouncerService {
    /// Annotations of the Service.
    pub extra_annotations: Annotations,
    /// The IP address within the cluster (Kubernetes: `clusterIP`).
    pub cluster_ip: Optional<Line>,
}

/// The certificates of PgBouncer's connections.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct PgbouncerSsl {
    /// The certificate of the certificate authority.
    pub ca: Option<SecretLines>,
    /// The certificate.
    pub cert: Option<SecretLines>,
    /// The private key of the certificate.
    pub key: Option<SecretLines>,
}

/// The sidecar that exports PgBouncer's metrics to Prometheus.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct MetricsExporter {
    /// Resources of the container.
    pub resources: Resources,
    /// The TLS mode of its connection to PgBouncer.
    pub sslmode: Line,
    /// The name of an existing Secret that holds the connection.
    pub stats_secret_name: Optional<DnsSubdomain>,
    /// The key in that Secret.
    pub stats_secret_key: Optional<Line>,
    /// Annotations of the Secret with the connection.
    pub stats_secret_annotations: Annotations,
    /// The container's security context.
    pub security_contexts: ContainerSecurityContexts,
    /// Lifecycle hooks: what runs after the container starts (`postStart`) and before it stops (`preStop`).
    pub container_lifecycle_hooks: Lifecycle,
    /// Liveness probe: when the kubelet restarts the container.
    pub liveness_probe: Probe,
    /// Readiness probe: when the container gets requests.
    pub readiness_probe: Probe,
    /// More volume mounts of the container.
    pub extra_volume_mounts: Vec<VolumeMount>,
}
