//! Flower, which shows Celery's workers.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{
    Annotations, DnsSubdomain, HttpProbe, Line, NetworkPolicy, NetworkPolicyPeer, Optional, SecretValue, Service, Workload,
};

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
    pub secret_name: Optional<DnsSubdomain>,
    /// Annotations of the Secret.
    pub secret_annotations: Annotations,
    /// The user.
    pub username: Optional<Line>,
    /// The user's password.
    pub password: Option<SecretValue>,
    /// Where and with what the pods run.
    #[serde(flatten)]
    pub workload: Workload,
}

impl Flower {
    /// Whether it is asked for.
    #[must_use]
    pub fn is_asked_for(&self) -> bool {
        self.enabled
    }
}
