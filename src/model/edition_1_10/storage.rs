//! Volumes that outlive the pods: the claims, the volumes that they bind, and how pods mount them.

use indexmap::IndexMap;
use serde::Serialize;

use super::name::Names;
use crate::model::External;
use crate::values::{AccessMode, AzureFile, Persistence, ReclaimPolicy, Values, Volume};

/// How pods come to a folder that outlives them.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Storage {
    /// The claim that pods mount; `None`: nothing outlives them.
    pub claim_name: Option<String>,
    /// The folder of the volume that is used.
    pub sub_path: Option<String>,
    /// The path in Airflow's containers.
    pub mount_path: String,
    /// The claim, if it is among the manifests.
    pub claim: Option<Claim>,
    /// The volume that the claim binds, if it is among the manifests.
    pub volume: Option<PersistentVolume>,
}

/// A claim.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Claim {
    annotations: IndexMap<String, String>,
    access_mode: AccessMode,
    size: String,
    storage_class_name: Option<String>,
    volume_name: Option<String>,
}

/// A volume on a share of Azure Files.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PersistentVolume {
    name: String,
    access_mode: AccessMode,
    size: String,
    storage_class_name: Option<String>,
    reclaim_policy: ReclaimPolicy,
    mount_options: Vec<String>,
    volume_handle: String,
    read_only: bool,
    share_name: String,
    server: String,
    secret_name: String,
    secret_namespace: String,
}

/// With which every pod can read and write, and sees at once what others wrote.
const AZURE_MOUNT_OPTIONS: [&str; 7] = ["dir_mode=0777", "file_mode=0777", "uid=0", "gid=0", "mfsymlinks", "cache=strict", "nosharesock"];

/// Airflow's home, without a slash at its end: paths are compared as texts.
pub(super) fn home(values: &Values) -> String {
    values.airflow_home.trim_end_matches('/').to_owned()
}

/// The folder below which DAGs are.
#[must_use]
pub fn dags_path(values: &Values) -> String {
    let given = values.dags.mount_path.as_ref().and_then(|path| path.given());
    given.map_or_else(|| home(values) + "/dags", |path| path.trim_end_matches('/').to_owned())
}

pub(super) fn dags(values: &Values, names: &Names) -> Storage {
    storage(&values.dags.persistence, names, "dags", dags_path(values))
}

pub(super) fn logs(values: &Values, names: &Names) -> Storage {
    storage(&values.logs.persistence, names, "logs", home(values) + "/logs")
}

fn storage(keys: &Persistence, names: &Names, what: &str, mount_path: String) -> Storage {
    let existing = keys.existing();
    let made = keys.enabled && existing.is_none();
    let volume = keys.volume.as_ref().filter(|_| made).map(|volume| persistent_volume(keys, volume, names, what));
    let class = keys.storage_class_name.as_ref().map(|name| name.to_string());
    let claim = made.then(|| Claim {
        annotations: keys.annotations.0.clone(),
        access_mode: keys.access_mode,
        size: keys.size.to_string(),
        // A claim that binds a certain volume must ask for no class, or the default one makes another.
        storage_class_name: class.or_else(|| volume.as_ref().map(|_| String::new())),
        volume_name: volume.as_ref().map(|volume| volume.name.clone()),
    });
    Storage {
        claim_name: keys.enabled.then(|| existing.map_or_else(|| names.of(&format!("{what}-pvc")), str::to_owned)),
        sub_path: keys.sub_path.as_ref().and_then(|path| path.given()).filter(|_| keys.enabled).map(str::to_owned),
        mount_path,
        claim,
        volume,
    }
}

fn persistent_volume(keys: &Persistence, volume: &Volume, names: &Names, what: &str) -> PersistentVolume {
    let share = &volume.azure_file;
    let options = volume.mount_options.as_ref().map(|options| options.iter().map(|option| option.to_string()).collect());
    let handle = share.volume_handle.as_ref().and_then(|handle| handle.given());
    let server = share.server.as_ref().and_then(|server| server.given());
    PersistentVolume {
        name: names.of(&format!("{what}-pv")),
        access_mode: keys.access_mode,
        size: keys.size.to_string(),
        storage_class_name: keys.storage_class_name.as_ref().and_then(|name| name.given()).map(str::to_owned),
        reclaim_policy: volume.reclaim_policy,
        mount_options: options.unwrap_or_else(|| AZURE_MOUNT_OPTIONS.map(str::to_owned).to_vec()),
        volume_handle: handle.map_or_else(|| names.of(&format!("fs-{what}")), str::to_owned),
        read_only: share.read_only,
        share_name: share.share_name.to_string(),
        server: server.map_or_else(|| format!("{}.file.core.windows.net", &*share.storage_account), str::to_owned),
        secret_name: share.secret_name.to_string(),
        secret_namespace: share.secret_namespace.to_string(),
    }
}

/// The shares of Azure Files that are among the manifests' volumes.
pub fn shares(values: &Values) -> impl Iterator<Item = &AzureFile> {
    [&values.dags.persistence, &values.logs.persistence]
        .into_iter()
        .filter(|keys| keys.enabled && keys.existing().is_none())
        .filter_map(|keys| keys.volume.as_ref().map(|volume| &volume.azure_file))
}

/// What has to exist for the volumes: claims that are named, and Secrets whose key is not given.
pub(super) fn external(values: &Values) -> Vec<External> {
    let claims = [&values.dags.persistence, &values.logs.persistence].into_iter().filter(|keys| keys.enabled);
    let claims = claims.filter_map(|keys| keys.existing());
    let mut external: Vec<External> = claims.map(|name| External { kind: "PersistentVolumeClaim", name: name.to_owned() }).collect();
    let accounts = shares(values).filter(|share| share.storage_account_key.is_none());
    external.extend(accounts.map(|share| External { kind: "Secret", name: share.secret_name.to_string() }));
    external
}
