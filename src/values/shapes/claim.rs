//! Volumes of their own for the pods of a StatefulSet.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{Annotations, ContainerSecurityContexts, DnsSubdomain, Quantity, RetentionPolicy};

/// A volume of its own for each pod (Kubernetes: `volumeClaimTemplates`).
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct OwnVolume {
    /// Whether each pod has a volume of its own. If not, the workload is a Deployment; Redis remains a StatefulSet.
    /// Default: `true`.
    pub enabled: Option<bool>,
    /// The volume's size.
    pub size: Option<Quantity>,
    /// Which pods may mount the volume at the same time. It cannot be changed in a StatefulSet that is there. Default:
    /// `ReadWriteOnce`. The chart does not have this key.
    #[schemars(with = "WriteMode")]
    pub access_mode: Option<WriteMode>,
    /// The storage class that provisions the volume. Default: the cluster's.
    pub storage_class_name: Option<DnsSubdomain>,
    /// Whether an init container makes Airflow's user the owner of the volume, for storage that does not. Default: `false`.
    pub fix_permissions: Option<bool>,
    /// Annotations of the claims. Default: none.
    pub annotations: Annotations,
    /// Whether the claims are kept or deleted when the StatefulSet is deleted or scaled down. Default: they are kept.
    pub persistent_volume_claim_retention_policy: RetentionPolicy,
    /// The security context of the init container of `fixPermissions`.
    pub security_contexts: ContainerSecurityContexts,
}

/// Which pods may mount a volume that they write to at the same time (Kubernetes: `accessModes`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub enum WriteMode {
    /// The pods of one node.
    ReadWriteOnce,
    /// One pod.
    ReadWriteOncePod,
    /// All pods, for storage that has no other mode.
    ReadWriteMany,
}
