//! Volumes that outlive the pods: what claims them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{Annotations, DnsSubdomain, Optional, Quantity, SubPath, Volume};

/// A volume that outlives the pods.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Persistence {
    /// Whether there is one. Default: `false`.
    pub enabled: bool,
    /// The volume's size. Default: `1Gi` for DAGs, `100Gi` for logs; of edition 1.10: `10Gi`.
    pub size: Quantity,
    /// Who may mount it at once. Default: `ReadWriteMany`, since every pod does; of DAGs without a `volume` that is
    /// described here `ReadWriteOnce`, the chart's.
    pub access_mode: Option<AccessMode>,
    /// The storage class that makes the volume. Default: the cluster's; none for a `volume` that is described here.
    pub storage_class_name: Option<DnsSubdomain>,
    /// The name of a claim that exists, in the place of one that is made.
    pub existing_claim: Optional<DnsSubdomain>,
    /// The folder of the volume that is used. Default: its top.
    pub sub_path: Optional<SubPath>,
    /// Annotations of the claim. Default: none.
    pub annotations: Annotations,
    /// The volume that the claim binds. Default: the storage class makes one. The chart does not have this key.
    pub volume: Option<Volume>,
}

impl Persistence {
    /// The claim that exists, in the place of one that is made.
    #[must_use]
    pub fn existing(&self) -> Option<&str> {
        self.existing_claim.as_deref()
    }
}

/// Who may mount a volume at once (Kubernetes: `accessModes`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub enum AccessMode {
    /// The pods of one node, to read and write.
    #[default]
    ReadWriteOnce,
    /// Every pod, to read.
    ReadOnlyMany,
    /// Every pod, to read and write.
    ReadWriteMany,
    /// One pod, to read and write.
    ReadWriteOncePod,
}
