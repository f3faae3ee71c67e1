//! Volumes that outlive the pods: what claims them, and what they are.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Annotations, DnsLabel, DnsSubdomain, Host, Line, ObjectName, Quantity, SecretValue, ShareName, StorageAccount, SubPath};

/// A volume that outlives the pods.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Persistence {
    /// Whether there is one. Default: `false`.
    pub enabled: bool,
    /// The volume's size. Default: `1Gi` for DAGs, `100Gi` for logs; of edition 1.10: `10Gi`.
    pub size: Quantity,
    /// Who may mount it at once. Default: `ReadWriteOnce` for DAGs, `ReadWriteMany` for logs; of edition 1.10:
    /// `ReadWriteMany`, since every pod does.
    pub access_mode: AccessMode,
    /// The storage class that makes the volume. Default: the cluster's; none for a `volume` that is described here.
    pub storage_class_name: Option<DnsSubdomain>,
    /// The name of a claim that exists, in the place of one that is made.
    pub existing_claim: Option<DnsSubdomain>,
    /// The folder of the volume that is used. Default: its top.
    pub sub_path: Option<SubPath>,
    /// Annotations of the claim. Default: none.
    pub annotations: Annotations,
    /// The volume that the claim binds. Default: the storage class makes one. The chart does not have this key.
    pub volume: Option<Volume>,
}

impl Persistence {
    /// The claim that exists, in the place of one that is made.
    #[must_use]
    pub fn existing(&self) -> Option<&str> {
        self.existing_claim.as_ref()?.given()
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

/// A volume that exists on a storage system, for a claim to bind.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Volume {
    /// A share of Azure Files.
    pub azure_file: AzureFile,
    /// What becomes of the volume when its claim is gone. Default: `Retain`.
    #[serde(default)]
    pub reclaim_policy: ReclaimPolicy,
    /// Options of the mount. Default: those with which every pod can read and write.
    pub mount_options: Option<Vec<Line>>,
}

/// What becomes of a volume when its claim is gone (Kubernetes: `persistentVolumeReclaimPolicy`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub enum ReclaimPolicy {
    /// It stays.
    #[default]
    Retain,
    /// It is deleted, with all that is on it.
    Delete,
}

/// A share of Azure Files, mounted by the driver `file.csi.azure.com`.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AzureFile {
    /// The storage account that has the share.
    pub storage_account: StorageAccount,
    /// The share's name.
    pub share_name: ShareName,
    /// The server. Default: the account's name with `.file.core.windows.net`.
    pub server: Option<Host>,
    /// The volume's identifier, which must be unique in the cluster. Default: `fs-dags` and `fs-logs`.
    pub volume_handle: Option<Line>,
    /// Whether the share is mounted for reading only. Default: `false`.
    #[serde(default)]
    pub read_only: bool,
    /// The name of the Secret with the account's name and key. Default: `azure-secret`.
    #[serde(default = "AzureFile::default_secret_name")]
    pub secret_name: ObjectName,
    /// The namespace of that Secret. Default: `default`.
    #[serde(default = "AzureFile::default_secret_namespace")]
    pub secret_namespace: DnsLabel,
    /// The account's key. When it is given, the Secret is among the manifests; if not, it has to exist.
    pub storage_account_key: Option<SecretValue>,
}

impl AzureFile {
    fn default_secret_name() -> ObjectName {
        "azure-secret".into()
    }

    fn default_secret_namespace() -> DnsLabel {
        "default".into()
    }
}
