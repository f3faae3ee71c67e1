//! Volumes that outlive the pods: their claims.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{Annotations, DnsSubdomain, Optional, Quantity, SubPath, Volume};

/// A volume that outlives the pods.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Persistence {
    /// Whether it is enabled. Default: `false`.
    pub enabled: bool,
    /// The volume's size. Default: `1Gi` for DAGs, `100Gi` for logs; of edition 1.10: `10Gi`.
    pub size: Quantity,
    /// The access mode: which pods may mount it at the same time. Default: `ReadWriteMany`, since every pod mounts it; for
    /// DAGs without `volume`, the chart's `ReadWriteOnce`.
    pub access_mode: Option<AccessMode>,
    /// The storage class that provisions the volume. Default: the cluster's; with `volume`, none.
    pub storage_class_name: Option<DnsSubdomain>,
    /// The name of an existing claim, instead of a new one. Default: none.
    pub existing_claim: Optional<DnsSubdomain>,
    /// The folder of the volume that is mounted. Default: its root.
    pub sub_path: Optional<SubPath>,
    /// Annotations of the claim. Default: none.
    pub annotations: Annotations,
    /// An existing volume for the claim to bind. Default: the storage class provisions one. The chart does not have this
    /// key.
    pub volume: Option<Volume>,
}

impl Persistence {
    /// The existing claim that is used, if one is given.
    #[must_use]
    pub fn existing(&self) -> Option<&str> {
        self.existing_claim.as_deref()
    }
}

/// Which pods may mount a volume at the same time (Kubernetes: `accessModes`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub enum AccessMode {
    /// The pods of one node, read-write.
    #[default]
    ReadWriteOnce,
    /// All pods, read-only.
    ReadOnlyMany,
    /// All pods, read-write.
    ReadWriteMany,
    /// One pod, read-write.
    ReadWriteOncePod,
}
