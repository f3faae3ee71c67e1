//! Buckets and containers of a cloud, as stores of task logs.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{AbsolutePath, BlobContainer, Bucket, ConnectionId, DataKey, DnsSubdomain, LogFolder, Optional, Values, WasbFolder};

/// Where Airflow copies the log of each task to when the task ends, and reads it from (Airflow: remote logging): give one of `s3`,
/// `gcs` and `azureBlob`. The options of airflow.cfg that go with it follow.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct RemoteLogs {
    /// A bucket of Amazon S3.
    pub s3: Option<S3Logs>,
    /// A bucket of Google Cloud Storage.
    pub gcs: Option<GcsLogs>,
    /// A container of Azure Blob Storage.
    pub azure_blob: Option<AzureBlobLogs>,
    /// Whether the log in the pod is deleted after it was copied (Airflow: `[logging] delete_local_logs`). Default: Airflow's own,
    /// `false`.
    pub delete_local_logs: Option<bool>,
}

/// A bucket of Amazon S3 for task logs.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct S3Logs {
    /// The bucket's name.
    pub bucket: Bucket,
    /// The folder in the bucket. Default: its root.
    #[serde(default)]
    pub folder: Optional<LogFolder>,
    /// Whether the logs are encrypted by the keys of S3 (Airflow: `[logging] encrypt_s3_logs`). Default: Airflow's own, `false`:
    /// as the bucket has it.
    #[serde(default)]
    pub encrypt: Option<bool>,
    /// How Airflow logs in. Default: by the role of the pods' service account.
    #[serde(flatten)]
    pub connection: LogConnection,
}

/// A bucket of Google Cloud Storage for task logs.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GcsLogs {
    /// The bucket's name.
    pub bucket: Bucket,
    /// The folder in the bucket. Default: its root.
    #[serde(default)]
    pub folder: Optional<LogFolder>,
    /// The file with the key of a Google service account, which you mount (Airflow: `[logging] google_key_path`). Default: none.
    #[serde(default)]
    pub key_path: Option<AbsolutePath>,
    /// How Airflow logs in. Default: as the Google account of the pods' service account.
    #[serde(flatten)]
    pub connection: LogConnection,
}

/// A container of Azure Blob Storage for task logs.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AzureBlobLogs {
    /// The container's name (Airflow: `[azure_remote_logging] remote_wasb_log_container`).
    pub container: BlobContainer,
    /// The folder in the container. Airflow knows by the beginning `wasb` that it is one of Azure's. Default: `wasb-logs`.
    #[serde(default)]
    pub folder: Optional<WasbFolder>,
    /// How Airflow logs in. Default: by its connection `wasb_default`, which has to exist, and which names the storage account.
    #[serde(flatten)]
    pub connection: LogConnection,
}

/// The connection of Airflow by which it logs in to a store of task logs.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct LogConnection {
    /// The connection's name (Airflow: `[logging] remote_log_conn_id`). Default: with `connectionSecretName`, the provider's
    /// usual one: `aws_default`, `google_cloud_default` or `wasb_default`.
    pub connection_id: Optional<ConnectionId>,
    /// The name of an existing Secret that holds the connection as Airflow reads it from the environment: a URI, or JSON. Default:
    /// none.
    #[schemars(extend("writeOnly" = true))]
    pub connection_secret_name: Optional<DnsSubdomain>,
    /// The key under which that Secret holds it. Default: `connection`.
    pub connection_secret_key: Option<DataKey>,
}

/// The store that is chosen.
#[derive(Clone, Copy, Debug)]
pub enum RemoteStore<'v> {
    /// Amazon S3.
    S3(&'v S3Logs),
    /// Google Cloud Storage.
    Gcs(&'v GcsLogs),
    /// Azure Blob Storage.
    AzureBlob(&'v AzureBlobLogs),
}

impl RemoteLogs {
    /// The stores that are given, by their keys.
    #[must_use]
    pub fn given(&self) -> Vec<(&'static str, RemoteStore<'_>)> {
        let Self { s3, gcs, azure_blob, delete_local_logs: _ } = self;
        let s3 = s3.as_ref().map(|logs| ("s3", RemoteStore::S3(logs)));
        let gcs = gcs.as_ref().map(|logs| ("gcs", RemoteStore::Gcs(logs)));
        let azure_blob = azure_blob.as_ref().map(|logs| ("azureBlob", RemoteStore::AzureBlob(logs)));
        [s3, gcs, azure_blob].into_iter().flatten().collect()
    }
}

impl<'v> RemoteStore<'v> {
    /// The folder as Airflow has it, by which it knows the store (Airflow: `[logging] remote_base_log_folder`).
    #[must_use]
    pub fn base_folder(self) -> String {
        let in_bucket = |scheme: &str, bucket: &str, folder: Option<&str>| {
            let folder = folder.map(|folder| format!("/{folder}")).unwrap_or_default();
            format!("{scheme}://{bucket}{folder}")
        };
        match self {
            Self::S3(logs) => in_bucket("s3", &logs.bucket, logs.folder.as_deref()),
            Self::Gcs(logs) => in_bucket("gs", &logs.bucket, logs.folder.as_deref()),
            Self::AzureBlob(logs) => logs.folder.as_deref().unwrap_or("wasb-logs").to_owned(),
        }
    }

    /// How Airflow logs in.
    #[must_use]
    pub fn connection(self) -> &'v LogConnection {
        match self {
            Self::S3(logs) => &logs.connection,
            Self::Gcs(logs) => &logs.connection,
            Self::AzureBlob(logs) => &logs.connection,
        }
    }

    /// The name of its connection, if it has one: the user's, or the usual one where it is needed.
    #[must_use]
    pub fn connection_id(self) -> Option<&'v str> {
        let LogConnection { connection_id, connection_secret_name, connection_secret_key: _ } = self.connection();
        let (usual, is_needed) = match self {
            Self::S3(_) => ("aws_default", false),
            Self::Gcs(_) => ("google_cloud_default", false),
            Self::AzureBlob(_) => ("wasb_default", true),
        };
        connection_id.as_deref().or((is_needed || connection_secret_name.is_some()).then_some(usual))
    }
}

impl Values {
    /// The bucket or container of task logs, if there is one.
    #[must_use]
    pub fn remote_store(&self) -> Option<RemoteStore<'_>> {
        self.logs.remote.as_ref()?.given().first().map(|(_, store)| *store)
    }
}
