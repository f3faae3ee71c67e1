//! Volumes that each pod of a StatefulSet has for itself.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{Annotations, ContainerSecurityContexts, DnsSubdomain, Quantity, RetentionPolicy};

/// A volume that each pod has for itself (Kubernetes: `volumeClaimTemplates`).
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct OwnVolume {
    /// Whether there is one; without it the pods are those of a Deployment, but for Redis'. Default: `true`.
    pub enabled: Option<bool>,
    /// The volume's size.
    pub size: Option<Quantity>,
    /// The storage class that makes the volume. Default: the cluster's.
    pub storage_class_name: Option<DnsSubdomain>,
    /// Whether a container first gives the volume to Airflow's user, where the storage does not. Default: `false`.
    pub fix_permissions: Option<bool>,
    /// Annotations of the claims. Default: none.
    pub annotations: Annotations,
    /// What becomes of the claims when the StatefulSet goes or shrinks. Default: they stay.
    pub persistent_volume_claim_retention_policy: RetentionPolicy,
    /// The security context of the container that `fixPermissions` asks for.
    pub security_contexts: ContainerSecurityContexts,
}
