//! Volumes that outlive the pods: the claims, the volumes that they bind, and how pods mount them.

use indexmap::IndexMap;
use serde::Serialize;

use super::name::Names;
use crate::model::external::External;
use crate::model::volume::{self, PersistentVolume};
use crate::values::{AccessMode, Persistence, Values};

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
    /// Whether it is.
    pub has_claim: bool,
    /// The volume that the claim binds, if it is among the manifests.
    pub volume: Option<PersistentVolume>,
    /// Whether it is.
    pub has_volume: bool,
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

/// Airflow's home, without a slash at its end: paths are compared as texts.
pub(super) fn home(values: &Values) -> String {
    values.airflow_home.trim_end_matches('/').to_owned()
}

/// The folder below which DAGs are.
#[must_use]
pub fn dags_path(values: &Values) -> String {
    let given = values.dags.mount_path.as_deref();
    given.map_or_else(|| home(values) + "/dags", |path| path.trim_end_matches('/').to_owned())
}

pub(super) fn dags(values: &Values, names: &Names) -> Storage {
    storage(values, &values.dags.persistence, names, "dags", dags_path(values))
}

pub(super) fn logs(values: &Values, names: &Names) -> Storage {
    storage(values, &values.logs.persistence, names, "logs", home(values) + "/logs")
}

fn storage(values: &Values, keys: &Persistence, names: &Names, what: &str, mount_path: String) -> Storage {
    let existing = keys.existing();
    let made = keys.enabled && existing.is_none();
    let described = volume::described(values).find(|one| one.section == what);
    let volume = described.map(|one| {
        let handle = names.of(&format!("fs-{what}"));
        volume::persistent_volume(values, one, names.of(&format!("{what}-pv")), &handle, super::name::namespace(values))
    });
    let class = keys.storage_class_name.as_ref().map(|name| name.to_string());
    let claim = made.then(|| Claim {
        annotations: keys.annotations.0.clone(),
        access_mode: volume::access_mode(values, what, keys),
        size: keys.size.to_string(),
        // A claim that binds a certain volume must ask for no class, or the default one makes another.
        storage_class_name: class.or_else(|| volume.as_ref().map(|_| String::new())),
        volume_name: volume.as_ref().map(|volume| volume.name.clone()),
    });
    Storage {
        claim_name: keys.enabled.then(|| existing.map_or_else(|| names.of(&format!("{what}-pvc")), str::to_owned)),
        sub_path: keys.sub_path.as_deref().filter(|_| keys.enabled).map(str::to_owned),
        mount_path,
        has_claim: claim.is_some(),
        claim,
        has_volume: volume.is_some(),
        volume,
    }
}

/// The objects that have to exist for the volumes: claims that are named, and Secrets whose key is not given.
pub(super) fn external(values: &Values) -> Vec<External> {
    let claims = [&values.dags.persistence, &values.logs.persistence].into_iter().filter(|keys| keys.enabled);
    let claims = claims.filter_map(|keys| keys.existing());
    let mut external: Vec<External> = claims.map(|name| External::object("PersistentVolumeClaim", name.to_owned())).collect();
    let accounts = volume::shares_with_key(values).filter(|(_, share)| share.storage_account_key.is_none());
    external.extend(accounts.map(|(_, share)| External::object("Secret", share.secret().to_owned())));
    external
}
