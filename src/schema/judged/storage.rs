//! Volumes, claims, and the data of Secrets and config maps.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use super::reading::{at as behind, list, map, says, text};
use crate::schema::rules::is_there;
use crate::schema::{Finding, Trail, fault};
use crate::yaml::{Map, Node};

pub(super) fn access_modes(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let modes = list(entries, "accessModes");
    if modes.len() > 1 && modes.iter().any(|mode| mode.as_str() == Some("ReadWriteOncePod")) {
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
    let is_root = behind(entries, &["hostPath", "path"]).and_then(Node::as_str).is_some_and(|path| path.trim_end_matches('/').is_empty());
    if text(entries, "persistentVolumeReclaimPolicy") == "Recycle" && is_root && is_there(entries, "hostPath") {
        says(findings, &Trail::Key(at, "persistentVolumeReclaimPolicy"), "cannot be `Recycle` where `hostPath` is `/`", "this policy");
    }
}

/// What a claim is filled with is said once, or twice alike.
pub(super) fn data_sources(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
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

/// No two files of a volume have one path.
pub(super) fn projected_paths(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let mut seen: Vec<&str> = Vec::new();
    for (index, source) in list(entries, "sources").iter().enumerate() {
        let at = &Trail::Index(&Trail::Key(at, "sources"), index);
        for kind in ["secret", "configMap", "downwardAPI"] {
            let at = &Trail::Key(&Trail::Key(at, kind), "items");
            for (index, item) in source.items(&[kind, "items"]).iter().enumerate() {
                let Some(path) = item.text(&["path"]).filter(|path| !path.is_empty()) else { continue };
                if seen.contains(&path) {
                    says(
                        findings,
                        &Trail::Key(&Trail::Index(at, index), "path"),
                        "is a path that another file of the volume has",
                        "this path",
                    );
                }
                seen.push(path);
            }
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
        let text = value.as_str().unwrap_or_default().as_bytes();
        let decoded = if of == "data" { BASE64_STANDARD.decode(text).ok() } else { Some(text.to_vec()) };
        let Some(content) = decoded else { continue };
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
