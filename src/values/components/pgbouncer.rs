//! PgBouncer, which pools connections to the databases.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{
    Annotations, ClusterIp, Component, ContainerSecurityContexts, DataKey, Delivery, DnsSubdomain, Door, Endpoint, Exposure, ImageKeys,
    Lifecycle, Line, Monitored, NetworkPolicyPeer, Optional, PodDisruptionBudget, Port, Probe, Purpose, Resources, SecretLines,
    ServiceMonitor, ServiceType, SslMode, Values, VolumeMount, Workload,
};

/// PgBouncer, which pools connections to the databases: Airflow connects to it, and it to PostgreSQL.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Pgbouncer {
    /// Whether it runs, and the URIs of the databases lead to it. Default: `false`.
    pub enabled: bool,
    /// How many pods run. Each has pools of its own. Default: 1.
    pub replicas: Option<u32>,
    /// The numeric ID of the user that it runs as; with `null`, its pods do not say it. Default: 65534.
    pub uid: Option<u32>,
    /// How Airflow logs in to it (PgBouncer: `auth_type`), such as `scram-sha-256` or `md5`. Default: `scram-sha-256`.
    #[serde(rename = "auth_type")]
    pub auth_type: Line,
    /// The file with users and passwords (PgBouncer: `auth_file`). Default: `/etc/pgbouncer/users.txt`, where the
    /// file that gen makes is mounted.
    #[serde(rename = "auth_file")]
    pub auth_file: Line,
    /// Whether `pgbouncer.ini` and `users.txt` are mounted in `/etc/pgbouncer`. With `false`, mount them by `extraVolumeMounts`.
    /// Default: `true`.
    pub mount_config_secret: bool,
    /// Annotations of the Secret with the certificates. Default: none.
    pub certificates_secret_annotations: Annotations,
    /// More peers that may connect to it and read its metrics, where `networkPolicies.enabled` asks for policies. Default: none.
    pub extra_network_policies: Vec<NetworkPolicyPeer>,
    /// The maximum number of connections of each pod to the metadata database (PgBouncer: `pool_size`). Default: 10.
    pub metadata_pool_size: u32,
    /// The maximum number of connections of each pod to the database of Celery's results (PgBouncer: `pool_size`). Default: 5.
    pub result_backend_pool_size: u32,
    /// The maximum number of connections that each pod takes (PgBouncer: `max_client_conn`). Default: 100.
    pub max_client_conn: u32,
    /// The name of an existing Secret that holds `pgbouncer.ini` and `users.txt`, instead of those that gen makes. Airflow looks
    /// for the databases `RELEASE-metadata` and `RELEASE-result-backend` there, unless the URIs are in Secrets of yours too.
    #[schemars(extend("writeOnly" = true))]
    pub config_secret_name: Optional<DnsSubdomain>,
    /// Annotations of the Secret with the configuration. Default: none.
    pub config_secret_annotations: Annotations,
    /// Pod disruption budget: how many pods may be unavailable while nodes are drained.
    pub pod_disruption_budget: PodDisruptionBudget,
    /// The Service in front of it.
    pub service: PgbouncerService,
    /// What the Prometheus Operator is told of its metrics.
    pub service_monitor: ServiceMonitor,
    /// The verbosity of the log (PgBouncer: `verbose`). Default: 0.
    pub verbose: u32,
    /// Whether it logs disconnections: 0 or 1 (PgBouncer: `log_disconnections`). Default: 0.
    pub log_disconnections: u32,
    /// Whether it logs connections: 0 or 1 (PgBouncer: `log_connections`). Default: 0.
    pub log_connections: u32,
    /// How its connections to the databases are secured (PgBouncer: `server_tls_sslmode`). How those to it are, says the `sslmode`
    /// of `data.metadataConnection`. Default: `prefer`.
    pub sslmode: Optional<SslMode>,
    /// The TLS ciphers of its connections to the databases (PgBouncer: `server_tls_ciphers`). Default: `normal`.
    pub ciphers: Line,
    /// The certificates of its connections to the databases.
    pub ssl: PgbouncerSsl,
    /// More settings of the metadata database, on one line (PgBouncer: section `[databases]`). Default: none.
    pub extra_ini_metadata: Option<String>,
    /// More settings of the database of Celery's results, on one line (PgBouncer: section `[databases]`). Default: none.
    pub extra_ini_result_backend: Option<String>,
    /// More lines at the end of `pgbouncer.ini` (PgBouncer: section `[pgbouncer]`). Default: none.
    pub extra_ini: Option<String>,
    /// The sidecar that exports metrics to Prometheus.
    pub metrics_exporter_sidecar: MetricsExporter,
    /// What every workload has.
    #[serde(flatten)]
    pub workload: Workload,
}

/// The Service in front of PgBouncer.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct PgbouncerService {
    /// More annotations of the Service, besides those for Prometheus. Default: none.
    pub extra_annotations: Annotations,
    /// The IP address within the cluster (Kubernetes: `clusterIP`). Default: any.
    pub cluster_ip: Option<ClusterIp>,
}

/// The certificates of PgBouncer's connections to the databases.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct PgbouncerSsl {
    /// The authorities against which `sslmode: verify-ca` and `verify-full` check the server's certificate (PgBouncer:
    /// `server_tls_ca_file`). Default: none.
    pub ca: Option<SecretLines>,
    /// The certificate by which it logs in (PgBouncer: `server_tls_cert_file`). Default: none.
    pub cert: Option<SecretLines>,
    /// The private key of that certificate (PgBouncer: `server_tls_key_file`). Default: none.
    pub key: Option<SecretLines>,
}

impl Pgbouncer {
    /// Whether Secrets of the user's have all that it needs to know of who logs in.
    #[must_use]
    pub fn names_secrets(&self) -> bool {
        self.config_secret_name.is_some() && self.metrics_exporter_sidecar.stats_secret_name.is_some()
    }
}

impl PgbouncerSsl {
    /// What is given, each by the name of its file in `/etc/pgbouncer`, with the option that reads it.
    #[must_use]
    pub fn files(&self) -> Vec<(&'static str, &'static str, &SecretLines)> {
        let Self { ca, cert, key } = self;
        let all = [
            ("root.crt", "server_tls_ca_file", ca),
            ("server.crt", "server_tls_cert_file", cert),
            ("server.key", "server_tls_key_file", key),
        ];
        all.into_iter()
            .filter_map(|(file, option, lines)| Some((file, option, lines.as_ref().filter(|lines| !lines.0.is_empty())?)))
            .collect()
    }
}

/// The sidecar that exports PgBouncer's metrics to Prometheus.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct MetricsExporter {
    /// Resources of the container. Default: none.
    pub resources: Resources,
    /// How its connection to PgBouncer is secured: `disable`, `require`, `verify-ca` or `verify-full`. Default: `disable`.
    pub sslmode: Optional<SslMode>,
    /// The name of an existing Secret that holds the URI by which it connects to PgBouncer, instead of one with the user of the
    /// metadata database.
    #[schemars(extend("writeOnly" = true))]
    pub stats_secret_name: Optional<DnsSubdomain>,
    /// The key under which that Secret holds the URI. Default: `connection`.
    pub stats_secret_key: Option<DataKey>,
    /// Annotations of the Secret with the URI. Default: none.
    pub stats_secret_annotations: Annotations,
    /// The container's security context.
    pub security_contexts: ContainerSecurityContexts,
    /// Lifecycle hooks: what runs after the container starts (`postStart`) and before it stops (`preStop`). Default: none.
    pub container_lifecycle_hooks: Lifecycle,
    /// Liveness probe: when the kubelet restarts the container. Default: 10 seconds from the start, every 10 seconds, for 1.
    pub liveness_probe: Probe,
    /// Readiness probe: when the container gets requests. Default: as the liveness probe.
    pub readiness_probe: Probe,
    /// More volume mounts of the container. Default: none.
    pub extra_volume_mounts: Vec<VolumeMount>,
}

impl Component for Pgbouncer {
    fn workload(&self) -> Option<&Workload> {
        Some(&self.workload)
    }

    fn name(&self) -> &'static str {
        "pgbouncer"
    }

    fn enabled(&self, _: &Values) -> bool {
        self.enabled
    }

    fn image<'v>(&'v self, values: &'v Values) -> ImageKeys<'v> {
        ImageKeys::Own(&values.images.pgbouncer)
    }

    fn ingress<'v>(&'v self, values: &'v Values) -> Option<Exposure<'v>> {
        Some(Exposure {
            keys: &values.ingress.pgbouncer,
            route: None,
            path_key: "ingress.pgbouncer.path",
            by_general_key: false,
            object_name: "pgbouncer-ingress",
            label: "pgbouncer-ingress",
            port: "pgb-metrics",
            number: values.ports.pgbouncer_scrape,
        })
    }

    fn policy_label(&self) -> String {
        "airflow-pgbouncer-policy".to_owned()
    }

    fn serves(&self, values: &Values) -> Vec<Endpoint> {
        let (pool, metrics) = (values.ports.pgbouncer, values.ports.pgbouncer_scrape);
        if values.delivery == Delivery::Helm {
            // The chart lets in to both whoever needs one.
            return vec![Endpoint { purpose: Purpose::Database, ports: vec![Port::Tcp(pool), Port::Tcp(metrics)] }];
        }
        vec![Endpoint::tcp(Purpose::Database, pool), Endpoint::tcp(Purpose::Metrics, metrics)]
    }

    fn talks_to(&self, _: &Values) -> Vec<Purpose> {
        vec![Purpose::PooledDatabase]
    }

    fn door(&self) -> Option<Door<'_>> {
        Some(Door { key: "extraNetworkPolicies", peers: &self.extra_network_policies, ports: &[], service: ServiceType::ClusterIP })
    }

    fn monitored(&self) -> Option<Monitored<'_>> {
        Some(Monitored { keys: &self.service_monitor, port: "pgb-metrics" })
    }

    fn user(&self) -> Option<u32> {
        self.uid
    }
}
