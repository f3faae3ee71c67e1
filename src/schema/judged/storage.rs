//! Volumes, claims, and the data of Secrets and config maps.

use super::reading::{at as behind, list, map, number, says, text};
use crate::encoded::decoded;
use crate::schema::rules::is_there;
use crate::schema::{Finding, Trail, fault};
use crate::yaml::{Map, Node};

pub(super) fn access_modes(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let modes = list(entries, "accessModes");
    let is_of_one = |mode: &Node| mode.as_str() == Some("ReadWriteOncePod");
    if modes.iter().any(is_of_one) && !modes.iter().all(is_of_one) {
        says(findings, &Trail::Key(at, "accessModes"), "cannot have `ReadWriteOncePod` beside another mode", "this list");
    }
}

/// A volume has a size, and nothing else that is measured.
pub(super) fn storage_alone(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    for (name, _) in map(entries, "capacity").filter(|(name, _)| *name != "storage") {
        says(findings, &Trail::Key(&Trail::Key(at, "capacity"), name), "has no place here: a volume has `storage` alone", "this key");
    }
}

/// The root of a node is not emptied.
pub(super) fn recycled(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let is_here = |part: &str| part.is_empty() || part == ".";
    let is_root = behind(entries, &["hostPath", "path"]).and_then(Node::as_str).is_some_and(|path| path.split('/').all(is_here));
    if text(entries, "persistentVolumeReclaimPolicy") == "Recycle" && is_root && is_there(entries, "hostPath") {
        says(findings, &Trail::Key(at, "persistentVolumeReclaimPolicy"), "cannot be `Recycle` where `hostPath` is `/`", "this policy");
    }
}

/// The volumes that an old annotation gives options for mounting (Kubernetes: `pkg/volume/validation`, `checkMountOption`).
const WITH_OPTIONS: [&str; 13] = [
    "awsElasticBlockStore",
    "azureDisk",
    "azureFile",
    "cephfs",
    "cinder",
    "gcePersistentDisk",
    "glusterfs",
    "iscsi",
    "nfs",
    "photonPersistentDisk",
    "quobyte",
    "rbd",
    "vsphereVolume",
];

pub(super) fn mount_options(volume: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    const OPTIONS: &str = "volume.beta.kubernetes.io/mount-options";
    let Some(spec) = behind(volume, &["spec"]).and_then(Node::as_map) else { return };
    if behind(volume, &["metadata", "annotations", OPTIONS]).is_some() && !WITH_OPTIONS.iter().any(|source| is_there(spec, source)) {
        let at = &Trail::Key(at, "metadata");
        says(findings, &Trail::Key(&Trail::Key(at, "annotations"), OPTIONS), "has no place at a volume of this kind", "this annotation");
    }
}

/// The parameters of a class are no longer together than this, in bytes (Kubernetes: `maxProvisionerParameterSize`).
const LARGEST_PARAMETERS: usize = 256 * 1024;

pub(super) fn parameters(class: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let size: usize = map(class, "parameters").map(|(key, value)| key.len() + value.scalar().len()).sum();
    if size > LARGEST_PARAMETERS {
        let what = format!("must be {LARGEST_PARAMETERS} bytes at most together");
        says(findings, &Trail::Key(at, "parameters"), what, "this map");
    }
}

/// Where volumes of a class are is said once: no place, no key and no value of one is there twice.
pub(super) fn topologies(class: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let at = &Trail::Key(at, "allowedTopologies");
    let mut terms: Vec<Vec<(&str, Vec<&str>)>> = Vec::new();
    for (index, term) in list(class, "allowedTopologies").iter().enumerate() {
        let at = &Trail::Index(at, index);
        let mut labels: Vec<(&str, Vec<&str>)> = Vec::new();
        for (index, label) in term.items(&["matchLabelExpressions"]).iter().enumerate() {
            let at = &Trail::Index(&Trail::Key(at, "matchLabelExpressions"), index);
            let (key, mut values) = (label.text(&["key"]).unwrap_or_default(), Vec::new());
            for (index, value) in label.items(&["values"]).iter().enumerate() {
                let value = value.as_str().unwrap_or_default();
                if values.contains(&value) {
                    says(findings, &Trail::Index(&Trail::Key(at, "values"), index), "is there twice", "this value");
                }
                values.push(value);
            }
            if labels.iter().any(|(other, _)| *other == key) {
                says(findings, &Trail::Key(at, "key"), "is there twice", "this key");
            }
            values.sort_unstable();
            labels.push((key, values));
        }
        labels.sort_unstable();
        if labels.is_empty() {
            says(findings, at, "needs `matchLabelExpressions`", "in this map");
        } else if terms.contains(&labels) {
            says(findings, at, "is there twice", "this item");
        }
        terms.push(labels);
    }
}

/// Whether an API server keeps what a claim is filled with, by its old field: a claim, or a snapshot of one (Kubernetes:
/// `pkg/api/persistentvolumeclaim`, `dataSourceIsPvcOrSnapshot`).
pub(crate) fn is_kept(source: &Map) -> bool {
    matches!(
        (text(source, "apiGroup"), text(source, "kind")),
        ("", "PersistentVolumeClaim") | ("snapshot.storage.k8s.io", "VolumeSnapshot")
    )
}

/// What a claim is filled with is said once, or twice alike.
pub(super) fn data_sources(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    if let Some(source) = behind(entries, &["dataSource"]).and_then(Node::as_map)
        && is_kept(source)
        && !is_there(source, "name")
    {
        says(findings, &Trail::Key(at, "dataSource"), "needs `name`", "in this map");
    }
    let (Some(source), Some(reference)) = (behind(entries, &["dataSource"]), behind(entries, &["dataSourceRef"])) else { return };
    if source.says_nothing() || reference.says_nothing() {
        return;
    }
    let differs = |key: &str| source.text(&[key]).unwrap_or_default() != reference.text(&[key]).unwrap_or_default();
    if reference.text(&["namespace"]).is_some_and(|namespace| !namespace.is_empty()) {
        says(findings, &Trail::Key(at, "dataSource"), "has no place here beside `dataSourceRef.namespace`", "this key");
    } else if ["apiGroup", "kind", "name"].into_iter().any(differs) {
        says(findings, &Trail::Key(at, "dataSource"), "must be the same as `dataSourceRef`", "this map");
    }
}

/// The most seconds that a certificate by a signer of Kubernetes' own is valid (Kubernetes: `KubernetesMaxMaxExpirationSeconds`).
const LONGEST_OF_KUBERNETES: i64 = 86_400;

pub(super) fn expiration(certificate: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let host = text(certificate, "signerName").split('/').next().unwrap_or_default();
    let is_own = host == "kubernetes.io" || host.ends_with(".kubernetes.io");
    if is_own && number(behind(certificate, &["maxExpirationSeconds"])).is_some_and(|seconds| seconds > LONGEST_OF_KUBERNETES) {
        let what = format!("must be at most {LONGEST_OF_KUBERNETES} of a signer of `kubernetes.io`");
        says(findings, &Trail::Key(at, "maxExpirationSeconds"), what, "this number");
    }
}

/// Where sources of one file or of certain files say their paths; that of a token may be another's.
const FILES: [(&str, &str); 4] = [
    ("clusterTrustBundle", "path"),
    ("podCertificate", "credentialBundlePath"),
    ("podCertificate", "keyPath"),
    ("podCertificate", "certificateChainPath"),
];

/// No two files of a volume have one path.
pub(super) fn projected_paths(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let mut seen: Vec<String> = Vec::new();
    for (index, source) in list(entries, "sources").iter().enumerate() {
        let at = &Trail::Index(&Trail::Key(at, "sources"), index);
        let mut see = |path: Option<&'_ str>, at: &Trail<'_>| {
            let Some(path) = path.filter(|path| !path.is_empty()) else { return };
            if seen.iter().any(|other| other == path) {
                says(findings, at, "is a path that another file of the volume has", "this path");
            }
            seen.push(path.to_owned());
        };
        for kind in ["secret", "configMap", "downwardAPI"] {
            let at = &Trail::Key(&Trail::Key(at, kind), "items");
            for (index, item) in source.items(&[kind, "items"]).iter().enumerate() {
                see(item.text(&["path"]), &Trail::Key(&Trail::Index(at, index), "path"));
            }
        }
        for (kind, key) in FILES {
            see(source.text(&[kind, key]), &Trail::Key(&Trail::Key(at, kind), key));
        }
    }
}

/// The keys that Secrets of Kubernetes' own types have; of several any will do.
const OF_TYPES: [(&str, &[&str]); 6] = [
    ("kubernetes.io/dockerconfigjson", &[".dockerconfigjson"]),
    ("kubernetes.io/dockercfg", &[".dockercfg"]),
    ("kubernetes.io/basic-auth", &["username", "password"]),
    ("kubernetes.io/ssh-auth", &["ssh-privatekey"]),
    ("kubernetes.io/tls", &["tls.crt"]),
    ("kubernetes.io/tls", &["tls.key"]),
];

pub(super) fn secret_type(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let kind = text(entries, "type");
    let has = |key: &&&str| ["data", "stringData"].iter().any(|data| map(entries, data).any(|(name, _)| name == **key));
    for (_, keys) in OF_TYPES.iter().filter(|(of, keys)| *of == kind && !keys.iter().any(|key| has(&key))) {
        says(findings, at, format!("needs the key {} for its type `{kind}`", fault::choice(keys)), "in this map");
    }
    let account = "kubernetes.io/service-account.name";
    let annotations = behind(entries, &["metadata", "annotations"]).and_then(Node::as_map);
    if kind == "kubernetes.io/service-account-token" && !annotations.is_some_and(|annotations| is_there(annotations, account)) {
        says(findings, at, format!("needs the annotation `{account}` for its type `{kind}`"), "in this map");
    }
}

/// What Secrets of Kubernetes' own types hold: logins are JSON, a key is not empty.
pub(super) fn secret_content(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let key = match text(entries, "type") {
        "kubernetes.io/dockerconfigjson" => ".dockerconfigjson",
        "kubernetes.io/dockercfg" => ".dockercfg",
        "kubernetes.io/ssh-auth" => "ssh-privatekey",
        _ => return,
    };
    for of in ["stringData", "data"] {
        let Some(value) = behind(entries, &[of, key]) else { continue };
        let text = value.as_str().unwrap_or_default();
        let Some(content) = (if of == "data" { decoded(text) } else { Some(text.into()) }) else { continue };
        let at = &Trail::Key(&Trail::Key(at, of), key);
        if key == "ssh-privatekey" && content.is_empty() {
            says(findings, at, "must not be empty", "this text");
        } else if key != "ssh-privatekey" && !is_object(&content) {
            says(findings, at, "must be a JSON object: the logins of registries", "this text");
        }
        return;
    }
}

/// Whether a text is a JSON object; to a server, `null` is one.
fn is_object(text: &[u8]) -> bool {
    serde_json::from_slice::<serde_json::Value>(text).is_ok_and(|value| value.is_object() || value.is_null())
}

/// No key is both a text and bytes.
pub(super) fn keys_once(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    for (name, _) in map(entries, "binaryData").filter(|(name, _)| map(entries, "data").any(|(other, _)| other == *name)) {
        says(findings, &Trail::Key(&Trail::Key(at, "binaryData"), name), "is a key of `data` too", "this key");
    }
}
