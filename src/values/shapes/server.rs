//! What the API server and the webserver have in common.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{
    Annotations, DeploymentStrategy, Door, Hpa, HttpProbe, HttpRoute, NetworkPolicy, NetworkPolicyIngress, PodDisruptionBudget, Service,
    WaitForMigrations,
};

/// What the API server (Airflow 3) and the webserver (earlier versions) have in common.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Server {
    /// Whether it runs. Default: `true`.
    pub enabled: bool,
    /// How many pods run without an autoscaler. Default: 1.
    pub replicas: Option<u32>,
    /// How new pods replace old ones (Kubernetes: `strategy`). Default: one after the other.
    pub strategy: Option<DeploymentStrategy>,
    /// Liveness probe: when the kubelet restarts the container.
    pub liveness_probe: HttpProbe,
    /// Readiness probe: when the container gets requests.
    pub readiness_probe: HttpProbe,
    /// Startup probe: when the container counts as started.
    pub startup_probe: HttpProbe,
    /// The Service in front of it.
    pub service: Service,
    /// A route of the Gateway API to it, in the place of its Ingress. The chart has it since after 1.22.0.
    pub http_route: HttpRoute,
    /// Whether it may read the logs of task pods through the Kubernetes API. Default: `true`.
    pub allow_pod_log_reading: bool,
    /// The autoscaler.
    pub hpa: Hpa,
    /// Pod disruption budget: how many pods may be unavailable while nodes are drained.
    pub pod_disruption_budget: PodDisruptionBudget,
    /// Who may connect to it, where `networkPolicies.enabled` asks for policies.
    pub network_policy: NetworkPolicy,
    /// Annotations of the config map with `webserver_config.py`. Default: none.
    pub config_map_annotations: Annotations,
    /// The init container that waits for the database migration.
    pub wait_for_migrations: WaitForMigrations,
}

impl Server {
    /// Its door for those who are not of the release.
    #[must_use]
    pub fn door(&self) -> Door<'_> {
        let NetworkPolicyIngress { from, ports } = &self.network_policy.ingress;
        Door { key: "networkPolicy.ingress.from", peers: from, ports, service: self.service.kind }
    }
}
