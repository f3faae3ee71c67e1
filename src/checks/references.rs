//! Every reference leads somewhere: to an object of the set, or to one that others provide.

use super::{Finding, Set, list, text};
use crate::model::External;
use crate::yaml::{self, Data, Node};

/// A reference to another object.
struct Reference<'n> {
    kind: &'n str,
    name: &'n str,
    /// The keys that it reads from the object's data.
    keys: Vec<&'n str>,
}

pub fn check(set: &Set<'_>, findings: &mut Vec<Finding>) {
    for manifest in set.manifests {
        for reference in references(&manifest.object) {
            let Reference { kind, name, keys } = reference;
            if let Some(target) = set.find(kind, name) {
                let has = |key: &str| ["data", "stringData", "binaryData"].iter().any(|data| target.object.at(&[data, key]).is_some());
                let optional = |key: &str| set.external.iter().any(|known| known.name == name && known.kind == format!("{kind}/{key}"));
                for key in keys.into_iter().filter(|key| !has(key) && !optional(key)) {
                    findings.push(Finding::in_manifest(
                        manifest,
                        format_args!("it reads the key `{key}` of the {kind} `{name}`, which does not have it"),
                    ));
                }
            } else if let Some(entries) = stored(set, kind, name) {
                for key in keys.into_iter().filter(|key| !entries.contains(key)) {
                    findings.push(Finding::in_manifest(
                        manifest,
                        format_args!("it reads the key `{key}` of the Secret `{name}`, which its ExternalSecret does not have"),
                    ));
                }
            } else if !set.external.iter().any(|known| known.kind == kind && known.name == name) && !is_built_in(kind, name) {
                findings.push(Finding::in_manifest(manifest, format_args!("it refers to the {kind} `{name}`, which nothing provides")));
            }
        }
    }
}

/// The keys of a Secret that an ExternalSecret of the set makes.
fn stored<'m>(set: &Set<'m>, kind: &str, name: &str) -> Option<Vec<&'m str>> {
    let mut stores = set.manifests.iter().filter(|manifest| kind == "Secret" && manifest.kind() == "ExternalSecret");
    let spec = stores.find_map(|manifest| {
        manifest.object.get("spec").filter(|spec| spec.at(&["target", "name"]).and_then(Node::as_str) == Some(name))
    })?;
    let template = spec.at(&["target", "template", "data"]).and_then(Node::as_map);
    let keys = list(spec, "data").iter().filter_map(|entry| text(entry, "secretKey"));
    Some(match template {
        Some(entries) => entries.keys().map(String::as_str).collect(),
        None => keys.collect(),
    })
}

/// What every namespace or cluster has of itself.
fn is_built_in(kind: &str, name: &str) -> bool {
    kind == "ServiceAccount" && name == "default"
        || kind == "ConfigMap" && name == "kube-root-ca.crt"
        || kind == "ClusterRole" && (name.starts_with("system:") || matches!(name, "admin" | "cluster-admin" | "edit" | "view"))
}

/// Parts of the values that are given as texts of YAML.
const TEXTS: [&[&str]; 4] = [&["extraEnv"], &["extraEnvFrom"], &["podTemplate"], &["dags", "gitSync", "envFrom"]];

/// The objects that parts of the values refer to: the user has them, or they would not be named there.
#[must_use]
pub fn external(values: &Node) -> Vec<External> {
    let known = ["Secret", "ConfigMap", "PersistentVolumeClaim", "ServiceAccount", "PersistentVolume", "ClusterRole", "Role"];
    let of_kind = |kind: &str| known.into_iter().find(|name| *name == kind);
    let texts: Vec<Node> =
        TEXTS.iter().filter_map(|path| values.at(path)?.as_str()).flat_map(|text| yaml::read(text, 0).unwrap_or_default()).collect();
    texts
        .iter()
        .chain([values])
        .flat_map(references)
        .filter_map(|reference| Some(External { kind: of_kind(reference.kind)?, name: reference.name.to_owned() }))
        .collect()
}

fn references(node: &Node) -> Vec<Reference<'_>> {
    let mut found = Vec::new();
    collect(node, &mut found);
    found
}

fn collect<'n>(node: &'n Node, found: &mut Vec<Reference<'n>>) {
    match &node.data {
        Data::List(items) => items.iter().for_each(|item| collect(item, found)),
        Data::Map(entries) => {
            mounted_keys(node, found);
            for (key, entry) in entries {
                let value = &entry.value;
                if matches!(value.get("optional").map(|node| &node.data), Some(Data::Bool(true))) {
                    continue;
                }
                let mut add = |kind: &'n str, name: Option<&'n str>, keys: Vec<&'n str>| {
                    found.extend(name.filter(|name| !name.is_empty()).map(|name| Reference { kind, name, keys }));
                };
                let items = || list(value, "items").iter().filter_map(|item| text(item, "key")).collect();
                match key.as_str() {
                    "secretKeyRef" => add("Secret", text(value, "name"), text(value, "key").into_iter().collect()),
                    "configMapKeyRef" => add("ConfigMap", text(value, "name"), text(value, "key").into_iter().collect()),
                    "secret" => add("Secret", text(value, "secretName").or_else(|| text(value, "name")), items()),
                    "configMap" => add("ConfigMap", text(value, "name"), items()),
                    "secretRef" | "nodeStageSecretRef" | "nodePublishSecretRef" => add("Secret", text(value, "name"), Vec::new()),
                    "configMapRef" => add("ConfigMap", text(value, "name"), Vec::new()),
                    "secretName" => add("Secret", value.as_str(), Vec::new()),
                    "persistentVolumeClaim" => add("PersistentVolumeClaim", text(value, "claimName"), Vec::new()),
                    "volumeName" => add("PersistentVolume", value.as_str(), Vec::new()),
                    "serviceAccountName" => add("ServiceAccount", value.as_str(), Vec::new()),
                    "imagePullSecrets" => {
                        value.as_list().unwrap_or_default().iter().for_each(|secret| add("Secret", text(secret, "name"), Vec::new()));
                    }
                    "roleRef" => add(text(value, "kind").unwrap_or_default(), text(value, "name"), Vec::new()),
                    "subjects" => {
                        let accounts =
                            value.as_list().unwrap_or_default().iter().filter(|subject| text(subject, "kind") == Some("ServiceAccount"));
                        accounts.for_each(|account| add("ServiceAccount", text(account, "name"), Vec::new()));
                    }
                    _ => {}
                }
                if key != "data" {
                    collect(value, found);
                }
            }
        }
        _ => {}
    }
}

/// In a pod, a mount of one file of a config map's or a Secret's volume reads that key.
fn mounted_keys<'n>(pod: &'n Node, found: &mut Vec<Reference<'n>>) {
    for volume in list(pod, "volumes") {
        let sources = [("ConfigMap", "configMap", "name"), ("Secret", "secret", "secretName")];
        let source = sources.into_iter().find_map(|(kind, key, name)| {
            let source = volume.get(key).filter(|source| source.get("items").is_none())?;
            Some((kind, text(source, name)?))
        });
        let Some((kind, name)) = source else { continue };
        let mounts = super::containers(pod).flat_map(|container| list(container, "volumeMounts"));
        let paths = mounts.filter(|mount| text(mount, "name") == text(volume, "name")).filter_map(|mount| text(mount, "subPath"));
        let keys: Vec<&str> = paths.collect();
        if !keys.is_empty() {
            found.push(Reference { kind, name, keys });
        }
    }
}
