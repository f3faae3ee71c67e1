//! Where DAGs are and logs go: claims, and the volumes that they bind.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::{Map, Value};

use super::basis::Basis;
use super::secrets::Secrets;
use super::security::{self, Security};
use crate::model::external::External;
use crate::model::labels::Labels;
use crate::model::volume::{self, PersistentVolume};
use crate::values::{AccessMode, Annotations, Component, EmptyDir, Need, OwnVolume, Persistence, Quantity, Values, Workload};

/// The link in git-sync's volume that leads to the newest checkout.
pub const LINK: &str = "repo";

/// The claim of something that outlives the pods.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Claim<'v> {
    /// The claim that pods mount; nothing, where nothing outlives them.
    name: Option<String>,
    /// Whether it is among the manifests.
    make: bool,
    labels: Labels,
    annotations: &'v Annotations,
    access_mode: AccessMode,
    size: &'v Quantity,
    storage_class_name: Option<&'v str>,
    volume_name: Option<String>,
    sub_path: Option<&'v str>,
}

/// A folder of Airflow's home that pods mount.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Folder<'v> {
    claim: Claim<'v>,
    /// The volume that the claim binds, if it is among the manifests.
    volume: Option<PersistentVolume>,
    /// Whether it is.
    has_volume: bool,
    mount_path: String,
    /// Whether it outlives the pods.
    on_volume: bool,
    /// Whether pods of Airflow only read it: something else fetches into it.
    read_only: bool,
    /// What pods have there.
    source: Source<'v>,
    /// What pods have there whose files are nobody else's.
    empty_dir: Cow<'v, Value>,
}

/// What pods have as a volume (Kubernetes: `Volume`, without its name).
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
enum Source<'v> {
    /// What a claim binds.
    #[serde(rename_all = "camelCase")]
    PersistentVolumeClaim { claim_name: String },
    /// What begins empty and ends with the pod, as the user describes it.
    EmptyDir(Cow<'v, Value>),
}

/// How a component's pods come to DAGs.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PodDags {
    /// Whether they mount the folder with DAGs.
    mounts: bool,
    git_sync: PodGitSync,
}

/// What of git-sync a component's pods have.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PodGitSync {
    /// Whether it fetches once, before the others start.
    init: bool,
    /// Whether it goes on beside them.
    beside: bool,
    /// Whether they have its key for ssh.
    key: bool,
}

impl PodDags {
    /// How the pods of a component come to DAGs.
    pub fn of(values: &Values, secrets: &Secrets, component: &dyn Component) -> Self {
        let needs = component.needs();
        let alone = !values.dag_processor.runs(values) || values.executor.uses_local();
        let if_alone = needs.contains(&Need::DagsIfAlone);
        let reads = needs.contains(&Need::Dags) || if_alone && alone;
        // Whoever reads DAGs before all others fetches into a volume that all share.
        let keeps = needs.contains(&Need::DagsFirst) || if_alone && alone;
        Self::reading(values, secrets, reads, keeps, if_alone)
    }

    /// How the pods that run a task alone come to DAGs: what they fetch, they fetch once.
    pub fn of_task_pods(values: &Values, secrets: &Secrets) -> Self {
        let mut dags = Self::reading(values, secrets, true, false, false);
        dags.git_sync.beside = false;
        dags
    }

    fn reading(values: &Values, secrets: &Secrets, reads: bool, keeps: bool, waits: bool) -> Self {
        let keys = &values.dags;
        let (from_git, shared) = (reads && keys.git_sync.enabled, keys.persistence.enabled);
        let git_sync = PodGitSync {
            init: from_git && (!shared || waits),
            beside: from_git && (!shared || keeps),
            key: from_git && (!shared || keeps) && secrets.git_ssh_key.wanted,
        };
        Self { mounts: reads && (keys.git_sync.enabled || shared), git_sync }
    }
}

/// Where a component's pods have their logs.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PodLogs<'v> {
    /// Whether each pod has a volume of its own for them.
    pub own: bool,
    /// Whether a container gives that volume to Airflow's user first.
    fixes_permissions: bool,
    /// Of that container.
    security_context: Security<'v>,
    /// To whom it gives the volume, as `chown` takes it.
    owner: String,
}

impl<'v> PodLogs<'v> {
    pub fn of(basis: &Basis<'v>, workload: &'v Workload, volume: Option<&'v OwnVolume>, is_stateful: bool) -> Self {
        Self {
            own: is_stateful && !basis.values.logs.persistence.enabled,
            fixes_permissions: is_stateful && volume.is_some_and(|volume| volume.fix_permissions == Some(true)),
            security_context: security::of_volume_owner(basis, volume),
            owner: security::of_pod(basis, workload).owner(),
        }
    }
}

/// Where Airflow's containers have the volume with DAGs.
fn mount_path(basis: &Basis<'_>) -> String {
    let given = basis.values.dags.mount_path.as_deref();
    given.map_or_else(|| format!("{}/dags", basis.names.home), str::to_owned)
}

/// Where Airflow looks for DAGs.
pub fn dags_folder(basis: &Basis<'_>) -> String {
    let keys = &basis.values.dags;
    if !keys.git_sync.enabled {
        return mount_path(basis);
    }
    [mount_path(basis).as_str(), LINK, &keys.git_sync.sub_path].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/")
}

fn claim<'v>(basis: &Basis<'v>, keys: &'v Persistence, base: &'static str, volume: Option<&PersistentVolume>) -> Claim<'v> {
    Claim {
        name: keys.enabled.then(|| keys.existing().map_or_else(|| basis.names.of(base), str::to_owned)),
        make: keys.enabled && keys.existing().is_none(),
        labels: basis.labelling.of(&format!("{base}-pvc")),
        annotations: &keys.annotations,
        access_mode: volume::access_mode(basis.values, base, keys),
        size: &keys.size,
        // A claim that binds a certain volume must ask for no class, or the default one makes another.
        storage_class_name: keys.storage_class_name.as_deref().or(volume.map(|_| "")),
        volume_name: volume.map(|volume| volume.name.clone()),
        sub_path: keys.sub_path.as_deref(),
    }
}

/// The volume that the claim binds, if it is described in the values.
fn volume(basis: &Basis<'_>, base: &'static str) -> Option<PersistentVolume> {
    let described = volume::described(basis.values).find(|one| one.section == base)?;
    let namespace = basis.names.namespace.as_str();
    // Volumes are the cluster's, and so is what identifies them for their driver. No namespace has a dot in it.
    let name = format!("{namespace}.{}", basis.names.of(base));
    Some(volume::persistent_volume(basis.values, described, name.clone(), &name, namespace))
}

/// The folder with DAGs.
pub fn dags<'v>(basis: &Basis<'v>) -> Folder<'v> {
    let keys = &basis.values.dags;
    let folder = folder(basis, "dags", &keys.persistence, mount_path(basis), &keys.git_sync.empty_dir_config);
    Folder { read_only: keys.git_sync.enabled, ..folder }
}

/// The folder for logs.
pub fn logs<'v>(basis: &Basis<'v>) -> Folder<'v> {
    let keys = &basis.values.logs;
    folder(basis, "logs", &keys.persistence, format!("{}/logs", basis.names.home), &keys.empty_dir_config)
}

fn folder<'v>(basis: &Basis<'v>, base: &'static str, keys: &'v Persistence, mount_path: String, empty: &'v EmptyDir) -> Folder<'v> {
    let volume = volume(basis, base);
    let claim = claim(basis, keys, base, volume.as_ref());
    // To Kubernetes, a source that is missing is no volume at all.
    let empty = if empty.is_empty() { Cow::Owned(Value::Object(Map::new())) } else { Cow::Borrowed(&empty.0) };
    let source = claim.name.clone().map_or(Source::EmptyDir(empty.clone()), |claim_name| Source::PersistentVolumeClaim { claim_name });
    Folder { has_volume: volume.is_some(), volume, mount_path, on_volume: keys.enabled, read_only: false, source, empty_dir: empty, claim }
}

/// The claims that have to exist: those that the values name.
pub fn external(values: &Values) -> impl Iterator<Item = External> {
    let claims = [&values.dags.persistence, &values.logs.persistence].into_iter().filter(|keys| keys.enabled);
    claims.filter_map(|keys| Some(External::object("PersistentVolumeClaim", keys.existing()?)))
}
