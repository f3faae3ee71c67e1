//! Flower, the web interface that monitors Celery's workers.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{
    Annotations, DnsSubdomain, HttpProbe, Line, NetworkPolicy, NetworkPolicyPeer, Optional, SecretValue, Service, Workload,
};

/// Flower, the web interface that monitors Celery's workers.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Flower {
    /// Whether it runs. Not supported yet.
    pub enabled: bool,
    /// Liveness probe: when the kubelet restarts the container.
    pub liveness_probe: HttpProbe,
    /// Readiness probe: when the container gets requests.
    pub readiness_probe: HttpProbe,
    /// Startup probe: when the container counts as started.
    pub startup_probe: HttpProbe,
    /// The Service in front of it.
    pub service: Service,
    /// Who may connect to it, where `networkPolicies.enabled` asks for policies.
    pub network_policy: NetworkPolicy,
    /// More peers that may connect to it, where `networkPolicies.enabled` asks for policies.
    pub extra_network_policies: Vec<NetworkPolicyPeer>,
    /// The name of an existing Secret that holds user and password under the key `connection`.
    pub secret_name: Optional<DnsSubdomain>,
    /// Annotations of the Secret.
    pub secret_annotations: Annotations,
    /// The user.
    pub username: Optional<Line>,
    /// The user's password.
    pub password: Option<SecretValue>,
    /// What every workload has.
    #[serde(flatten)]
    pub workload: Workload,
}

impl Flower {
    /// Whether the values ask for it.
    #[must_use]
    pub fn is_asked_for(&self) -> bool {
        self.enabled
    }
}
