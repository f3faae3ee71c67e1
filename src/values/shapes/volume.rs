//! Volumes that exist on a storage system, for a claim to bind.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{
    AbsolutePath, AccessPoint, CsiSource, DnsLabel, EfsFileSystem, FilestoreHandle, FilestoreName, Host, Line, ObjectName, Optional,
    SecretValue, ShareName, StorageAccount, SubPath,
};

/// A volume that exists on a storage system, for a claim to bind: one of `azureFile`, `efs`, `filestore`, `nfs` and `csi`.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Volume {
    /// A share of Azure Files.
    pub azure_file: Option<AzureFile>,
    /// An Amazon EFS file system.
    pub efs: Option<Efs>,
    /// A share of a Google Filestore instance.
    pub filestore: Option<Filestore>,
    /// A folder of an NFS server.
    pub nfs: Option<Nfs>,
    /// A volume of any other CSI driver.
    pub csi: Option<CsiSource>,
    /// What becomes of the volume when its claim is gone. Default: `Retain`.
    pub reclaim_policy: ReclaimPolicy,
    /// Options of the mount. Default: for `azureFile` those with which every pod can read and write; else none.
    pub mount_options: Option<Vec<Line>>,
}

impl Volume {
    /// Whether it is mounted for reading only.
    #[must_use]
    pub fn is_read_only(&self) -> bool {
        self.azure_file.as_ref().is_some_and(|share| share.read_only)
            || self.efs.as_ref().is_some_and(|efs| efs.read_only)
            || self.filestore.as_ref().is_some_and(|filestore| filestore.read_only)
            || self.nfs.as_ref().is_some_and(|nfs| nfs.read_only)
            || self.csi.as_ref().is_some_and(|csi| csi.0["readOnly"] == true)
    }
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
    /// How the share is mounted: `smb`, or `nfs` for an NFS share of a premium account. Default: `smb`.
    #[serde(default)]
    pub protocol: ShareProtocol,
    /// The folder of the share that is mounted; it has to exist. Default: its top.
    #[serde(default)]
    pub folder_name: Optional<SubPath>,
    /// The resource group of the storage account. Default: that of the cluster's nodes.
    #[serde(default)]
    pub resource_group: Optional<Line>,
    /// The server. Default: the account's name with `.file.core.windows.net`.
    #[serde(default)]
    pub server: Optional<Host>,
    /// The volume's identifier, which must be unique in the cluster. Default: the volume's name; of edition 1.10: `fs-dags`
    /// and `fs-logs`.
    #[serde(default)]
    pub volume_handle: Optional<Line>,
    /// Whether the share is mounted for reading only. Default: `false`.
    #[serde(default)]
    pub read_only: bool,
    /// The name of the Secret with the account's name and key, as `azurestorageaccountname` and `azurestorageaccountkey`.
    /// NFS shares need none. Default: `azure-secret`.
    pub secret_name: Option<ObjectName>,
    /// The namespace of that Secret. Default: the release's; of edition 1.10: `default`.
    pub secret_namespace: Option<DnsLabel>,
    /// The account's key. When it is given, the Secret is among the manifests; if not, it has to exist.
    pub storage_account_key: Option<SecretValue>,
}

impl AzureFile {
    /// The name of the Secret with the account's name and key.
    #[must_use]
    pub fn secret(&self) -> &str {
        self.secret_name.as_deref().unwrap_or("azure-secret")
    }

    /// Whether nobody says where the account's key is.
    #[must_use]
    pub fn lacks_key(&self) -> bool {
        self.storage_account_key.is_none() && self.secret_name.is_none()
    }

    /// Whether the driver logs in with the account's key.
    #[must_use]
    pub fn needs_secret(&self) -> bool {
        self.protocol == ShareProtocol::Smb
    }
}

/// How a share of Azure Files is mounted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ShareProtocol {
    /// SMB, with the account's key.
    #[default]
    Smb,
    /// NFS 4.1, for those who are let in by the network.
    Nfs,
}

/// An Amazon EFS file system, mounted by the driver `efs.csi.aws.com`.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Efs {
    /// The file system, such as `fs-0123456789abcdef0`.
    pub file_system_id: EfsFileSystem,
    /// The access point, such as `fsap-0123456789abcdef0`, which says the folder and whose files they are. Default: none.
    pub access_point_id: Option<AccessPoint>,
    /// The folder of the file system that is mounted; it has to exist. Default: its top.
    pub path: Option<AbsolutePath>,
    /// Whether the connection is encrypted; an access point needs it. Default: `true`.
    pub encrypt_in_transit: Option<bool>,
    /// The address of the mount target, where the file system is another account's or DNS does not know it. Default: as
    /// DNS says.
    #[serde(default)]
    pub mount_target_ip: Optional<Host>,
    /// Whether it is mounted for reading only. Default: `false`.
    #[serde(default)]
    pub read_only: bool,
}

/// A share of a Google Filestore instance, mounted by the driver `filestore.csi.storage.gke.io`.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Filestore {
    /// The instance's name.
    pub instance: FilestoreName,
    /// The zone or region that the instance is in, such as `europe-west1-b`.
    pub location: FilestoreName,
    /// The name of the instance's share.
    pub share: FilestoreName,
    /// The instance's address.
    pub ip: Host,
    /// The volume's identifier. Two volumes on one share need two, of the same form; what the driver mounts it takes from
    /// the other keys. Default: `modeInstance/LOCATION/INSTANCE/SHARE`, as the driver's documentation has it.
    pub volume_handle: Option<FilestoreHandle>,
    /// Whether it is mounted for reading only. Default: `false`.
    #[serde(default)]
    pub read_only: bool,
}

/// A folder of an NFS server.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Nfs {
    /// The server.
    pub server: Host,
    /// The folder that the server exports; it has to exist.
    pub path: AbsolutePath,
    /// Whether it is mounted for reading only. Default: `false`.
    #[serde(default)]
    pub read_only: bool,
}
