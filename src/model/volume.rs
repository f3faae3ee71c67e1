//! PersistentVolumes that are described in the values: each driver's own terms.

use indexmap::IndexMap;
use serde::Serialize;
use serde_json::Value;

use super::secret_data::{SecretData, SecretKeys};
use crate::values::{AccessMode, AzureFile, Edition, Efs, Filestore, Persistence, ReclaimPolicy, ShareProtocol, Values, Volume};

/// A volume that exists on a storage system, as its template sees it.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PersistentVolume {
    /// Its name, which is the cluster's.
    pub name: String,
    access_mode: AccessMode,
    size: String,
    storage_class_name: Option<String>,
    reclaim_policy: ReclaimPolicy,
    mount_options: Vec<String>,
    csi: Option<Csi>,
    nfs: Option<NfsSource>,
}

/// A volume of a CSI driver (Kubernetes: `CSIPersistentVolumeSource`).
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
enum Csi {
    /// As the user says.
    Given(Value),
    /// Of a driver whose terms gen knows.
    #[serde(rename_all = "camelCase")]
    Known {
        driver: &'static str,
        read_only: bool,
        volume_handle: String,
        volume_attributes: IndexMap<&'static str, String>,
        node_stage_secret_ref: Option<SecretReference>,
    },
}

/// A Secret in a namespace (Kubernetes: `SecretReference`).
#[derive(Clone, Debug, Serialize)]
struct SecretReference {
    name: String,
    namespace: String,
}

/// A volume of an NFS server (Kubernetes: `NFSVolumeSource`).
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct NfsSource {
    server: String,
    path: String,
    read_only: Option<bool>,
}

/// A volume that is described in the values and that a claim of the set binds.
#[derive(Clone, Copy, Debug)]
pub struct Described<'v> {
    /// The section of the values: `dags` or `logs`.
    pub section: &'static str,
    /// The keys of the claim.
    pub claim: &'v Persistence,
    /// The keys of the volume.
    pub volume: &'v Volume,
}

/// The volumes that are described in the values and that claims of the set bind.
pub fn described(values: &Values) -> impl Iterator<Item = Described<'_>> {
    let claims = [("dags", &values.dags.persistence), ("logs", &values.logs.persistence)];
    let made = claims.into_iter().filter(|(_, claim)| claim.enabled && claim.existing().is_none());
    made.filter_map(|(section, claim)| claim.volume.as_ref().map(|volume| Described { section, claim, volume }))
}

/// The shares of Azure Files for which the driver needs a Secret, with the sections of the values that have them.
pub fn shares_with_key(values: &Values) -> impl Iterator<Item = (&'static str, &AzureFile)> {
    let shares = described(values).filter_map(|one| Some((one.section, one.volume.azure_file.as_ref()?)));
    shares.filter(|(_, share)| share.needs_secret())
}

/// The keys of the Secret that the driver reads (`kubernetes-sigs/azurefile-csi-driver`).
pub const ACCOUNT_NAME: &str = "azurestorageaccountname";
/// The other key, which holds the secret.
pub const ACCOUNT_KEY: &str = "azurestorageaccountkey";

/// What is in that Secret, if the values give the account's key.
#[must_use]
pub fn account_keys(share: &AzureFile) -> Option<SecretKeys> {
    let key = share.storage_account_key.as_ref().and_then(SecretData::of)?;
    let account = SecretData::Known(share.storage_account.to_string());
    Some(SecretKeys(IndexMap::from([(ACCOUNT_NAME, account), (ACCOUNT_KEY, key)])))
}

/// The namespace of the Secret that the driver reads for a share.
#[must_use]
pub fn secret_namespace(share: &AzureFile, values: &Values, namespace: &str) -> String {
    let otherwise = if values.edition() == Edition::V1_10 { "default" } else { namespace };
    share.secret_namespace.as_ref().map_or(otherwise, |name| name).to_owned()
}

/// Who may mount a claim's volume at once: as the values say, or else everyone, but for DAGs on a volume that a class makes.
#[must_use]
pub fn access_mode(values: &Values, section: &str, claim: &Persistence) -> AccessMode {
    let chart =
        if section == "dags" && values.edition() == Edition::Current { AccessMode::ReadWriteOnce } else { AccessMode::ReadWriteMany };
    claim.access_mode.unwrap_or(if claim.volume.is_some() { AccessMode::ReadWriteMany } else { chart })
}

/// The volume with a name of the caller's; `handle` identifies it for drivers that have no identifier of their own.
#[must_use]
pub fn persistent_volume(values: &Values, one: Described<'_>, name: String, handle: &str, namespace: &str) -> PersistentVolume {
    let Volume { azure_file, efs, filestore, nfs, csi, reclaim_policy, mount_options } = one.volume;
    let azure_file = azure_file.as_ref();
    let options = mount_options.as_ref().map(|options| options.iter().map(|option| option.to_string()).collect());
    let source = azure_file.map(|share| of_azure_file(share, values, handle, namespace));
    let source = source.or_else(|| efs.as_ref().map(of_efs)).or_else(|| filestore.as_ref().map(of_filestore));
    PersistentVolume {
        name,
        access_mode: access_mode(values, one.section, one.claim),
        size: one.claim.size.to_string(),
        storage_class_name: one.claim.storage_class_name.as_deref().filter(|name| !name.is_empty()).map(str::to_owned),
        reclaim_policy: *reclaim_policy,
        mount_options: options.unwrap_or_else(|| azure_file.map(|share| azure_mount_options(share, values)).unwrap_or_default()),
        csi: source.or_else(|| csi.as_ref().map(|csi| of_csi(&csi.0, namespace))),
        nfs: nfs.as_ref().map(|nfs| NfsSource {
            server: bare(&nfs.server),
            path: nfs.path.to_string(),
            read_only: nfs.read_only.then_some(true),
        }),
    }
}

/// The mount options with which every pod can read and write, and sees at once what others wrote.
fn azure_mount_options(share: &AzureFile, values: &Values) -> Vec<String> {
    if share.protocol == ShareProtocol::Nfs {
        return ["vers=4", "minorversion=1", "sec=sys"].map(str::to_owned).to_vec();
    }
    // The article's files are root's; those of today are Airflow's.
    let (uid, gid) = match values.edition() {
        Edition::V1_10 => (Some(0), Some(0)),
        // Who runs is not known there; everybody may read and write.
        Edition::Current if values.openshift.enabled => (None, None),
        Edition::Current => (values.uid, values.gid),
    };
    let option = |name: &str, id: Option<u32>| id.map(|id| format!("{name}={id}"));
    let owner: Vec<String> = [option("uid", uid), option("gid", gid)].into_iter().flatten().collect();
    let [first, last] = [&["dir_mode=0777", "file_mode=0777"][..], &["mfsymlinks", "cache=strict", "nosharesock"]];
    // The server's locks are not those that programs expect.
    let today = (values.edition() == Edition::Current).then_some("nobrl");
    let own = |options: &[&str]| options.iter().map(|&option| option.to_owned()).collect::<Vec<_>>();
    [own(first), owner, own(last), own(today.as_slice())].concat()
}

/// A source with what is given of its attributes.
fn source(driver: &'static str, read_only: bool, volume_handle: &str, attributes: &[(&'static str, Option<String>)]) -> Csi {
    let volume_attributes = attributes.iter().filter_map(|(key, value)| Some((*key, value.clone()?))).collect();
    Csi::Known { driver, read_only, volume_handle: volume_handle.to_owned(), volume_attributes, node_stage_secret_ref: None }
}

/// Driver: `kubernetes-sigs/azurefile-csi-driver`, `docs/driver-parameters.md`.
fn of_azure_file(share: &AzureFile, values: &Values, handle: &str, namespace: &str) -> Csi {
    let current = values.edition() == Edition::Current;
    let server = share.server.as_deref();
    let server = server.map_or_else(|| format!("{}.file.core.windows.net", &*share.storage_account), str::to_owned);
    let handle = share.volume_handle.as_deref().unwrap_or(handle);
    let attributes = [
        ("resourceGroup", share.resource_group.as_deref().map(str::to_owned)),
        ("storageAccount", current.then(|| share.storage_account.to_string())),
        ("shareName", Some(share.share_name.to_string())),
        ("folderName", share.folder_name.as_deref().map(str::to_owned)),
        ("server", Some(server)),
        ("protocol", (share.protocol == ShareProtocol::Nfs).then(|| "nfs".to_owned())),
    ];
    let mut source = source("file.csi.azure.com", share.read_only, handle, &attributes);
    if let (true, Csi::Known { node_stage_secret_ref, .. }) = (share.needs_secret(), &mut source) {
        let namespace = secret_namespace(share, values, namespace);
        *node_stage_secret_ref = Some(SecretReference { name: share.secret().to_owned(), namespace });
    }
    source
}

/// Driver: `kubernetes-sigs/aws-efs-csi-driver`, `docs/README.md`: the handle is `FILE_SYSTEM:PATH:ACCESS_POINT`.
fn of_efs(efs: &Efs) -> Csi {
    let path = efs.path.as_deref().unwrap_or_default();
    let access_point = efs.access_point_id.as_deref().unwrap_or_default();
    let handle = format!("{}:{path}:{access_point}", &*efs.file_system_id);
    let attributes = [
        ("encryptInTransit", efs.encrypt_in_transit.map(|value| value.to_string())),
        ("mounttargetip", efs.mount_target_ip.as_deref().map(str::to_owned)),
    ];
    source("efs.csi.aws.com", efs.read_only, handle.trim_end_matches(':'), &attributes)
}

/// Driver: `kubernetes-sigs/gcp-filestore-csi-driver`, `docs/kubernetes/pre-provisioned-pv.md`.
fn of_filestore(filestore: &Filestore) -> Csi {
    let Filestore { instance, location, share, ip, volume_handle, read_only } = filestore;
    let given = volume_handle.as_deref().map(str::to_owned);
    let handle = given.unwrap_or_else(|| format!("modeInstance/{}/{}/{}", &**location, &**instance, &**share));
    source("filestore.csi.storage.gke.io", *read_only, &handle, &[("ip", Some(bare(ip))), ("volume", Some(share.to_string()))])
}

/// Any driver's. A Secret that it names is in the release's namespace, unless it says another (Kubernetes: a volume, which is
/// the cluster's, has to say one).
fn of_csi(csi: &Value, namespace: &str) -> Csi {
    let mut csi = csi.clone();
    for (key, reference) in csi.as_object_mut().into_iter().flatten() {
        if let (true, Some(reference)) = (key.ends_with("SecretRef"), reference.as_object_mut()) {
            reference.entry("namespace").or_insert_with(|| namespace.into());
        }
    }
    Csi::Given(csi)
}

/// An address without the brackets that a URI wants.
fn bare(host: &str) -> String {
    host.trim_matches(['[', ']']).to_owned()
}
