//! Volumes on existing storage, for a claim to bind.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{
    AbsolutePath, AccessPoint, CsiSource, DnsLabel, EfsFileSystem, FilestoreHandle, FilestoreName, Host, Line, NfsServer, ObjectName,
    Optional, SecretValue, ShareName, StorageAccount, SubPath,
};

/// A volume on existing storage, for a claim to bind: give one of `azureFile`, `efs`, `filestore`, `nfs` and `csi`.
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
    /// Whether the volume is kept or deleted when its claim is deleted. Default: `Retain`.
    pub reclaim_policy: ReclaimPolicy,
    /// Mount options. Default: for `azureFile`, options that let every pod read and write; otherwise none.
    pub mount_options: Option<Vec<Line>>,
}

impl Volume {
    /// Whether it is mounted read-only.
    #[must_use]
    pub fn is_read_only(&self) -> bool {
        self.azure_file.as_ref().is_some_and(|share| share.read_only)
            || self.efs.as_ref().is_some_and(|efs| efs.read_only)
            || self.filestore.as_ref().is_some_and(|filestore| filestore.read_only)
            || self.nfs.as_ref().is_some_and(|nfs| nfs.read_only)
            || self.csi.as_ref().is_some_and(|csi| csi.0["readOnly"] == true)
    }
}

/// Whether a volume is kept or deleted when its claim is deleted (Kubernetes: `persistentVolumeReclaimPolicy`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub enum ReclaimPolicy {
    /// The volume is kept.
    #[default]
    Retain,
    /// The volume is deleted with its data.
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
    /// The folder of the share that is mounted; it must exist. Default: its root.
    #[serde(default)]
    pub folder_name: Optional<SubPath>,
    /// The resource group of the storage account. Default: that of the cluster's nodes.
    #[serde(default)]
    pub resource_group: Optional<Line>,
    /// The server. Default: the account's name followed by `.file.core.windows.net`.
    #[serde(default)]
    pub server: Optional<Host>,
    /// The volume's identifier (Kubernetes: `volumeHandle`), unique in the cluster. Default: the volume's name; of edition
    /// 1.10: `fs-dags` and `fs-logs`.
    #[serde(default)]
    pub volume_handle: Optional<Line>,
    /// Whether the share is mounted read-only. Default: `false`.
    #[serde(default)]
    pub read_only: bool,
    /// The name of the Secret that holds the account's name and key under `azurestorageaccountname` and
    /// `azurestorageaccountkey`. NFS shares need none. Default: `azure-secret`.
    pub secret_name: Option<ObjectName>,
    /// The namespace of that Secret. Default: the release's; of edition 1.10: `default`.
    pub secret_namespace: Option<DnsLabel>,
    /// The account's key. If it is given, the Secret is created; if not, it must exist.
    pub storage_account_key: Option<SecretValue>,
}

impl AzureFile {
    /// The name of the Secret with the account's name and key.
    #[must_use]
    pub fn secret(&self) -> &str {
        self.secret_name.as_deref().unwrap_or("azure-secret")
    }

    /// Whether the values do not say where the account's key is.
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
    /// NFS 4.1, with access by network rules.
    Nfs,
}

/// An Amazon EFS file system, mounted by the driver `efs.csi.aws.com`.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Efs {
    /// The file system, such as `fs-0123456789abcdef0`.
    pub file_system_id: EfsFileSystem,
    /// The access point, such as `fsap-0123456789abcdef0`, which sets the folder and the owner of its files. Default: none.
    pub access_point_id: Option<AccessPoint>,
    /// The folder of the file system that is mounted; it must exist. Default: its root.
    pub path: Option<AbsolutePath>,
    /// Whether the connection is encrypted; access points require it. Default: `true`.
    pub encrypt_in_transit: Option<bool>,
    /// The IP address of the mount target, if the file system belongs to another account or DNS cannot resolve it. Default:
    /// resolved by DNS.
    #[serde(default)]
    pub mount_target_ip: Optional<Host>,
    /// Whether it is mounted read-only. Default: `false`.
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
    /// The instance's IP address.
    pub ip: Host,
    /// The volume's identifier (Kubernetes: `volumeHandle`), of the default's form. Two volumes on one share need different
    /// ones; the other keys decide what is mounted. Default: `modeInstance/LOCATION/INSTANCE/SHARE`, as in the driver's
    /// documentation.
    pub volume_handle: Option<FilestoreHandle>,
    /// Whether it is mounted read-only. Default: `false`.
    #[serde(default)]
    pub read_only: bool,
}

/// A folder of an NFS server.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Nfs {
    /// The server.
    pub server: NfsServer,
    /// The folder that the server exports; it must exist.
    pub path: AbsolutePath,
    /// Whether it is mounted read-only. Default: `false`.
    #[serde(default)]
    pub read_only: bool,
}
