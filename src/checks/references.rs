//! Every reference leads somewhere: to an object of the set, or to one that others provide.

use super::{Finding, Subject};
use crate::kubernetes::{Reference, Set, references};
use crate::model::External;
use crate::yaml::{self, Node};

pub fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let Subject { set, external, .. } = subject;
    for manifest in set.all() {
        for reference in references(&manifest.object).into_iter().filter(|reference| !reference.optional) {
            let Reference { kind, name, keys, .. } = reference;
            if let Some(target) = set.named(kind, name) {
                let has = |key: &str| ["data", "stringData", "binaryData"].iter().any(|data| target.object.at(&[data, key]).is_some());
                let may_lack = |key: &str| external.iter().any(|known| known.provides(kind, name, Some(key)));
                for key in keys.into_iter().filter(|key| !has(key) && !may_lack(key)) {
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
            } else if !external.iter().any(|known| known.provides(kind, name, None)) && !is_built_in(kind, name) {
                findings.push(Finding::in_manifest(manifest, format_args!("it refers to the {kind} `{name}`, which nothing provides")));
            }
        }
    }
}

/// The keys of a Secret that an ExternalSecret of the set makes.
fn stored<'m>(set: &Set<'m>, kind: &str, name: &str) -> Option<Vec<&'m str>> {
    let mut stores = set.of_kind("ExternalSecret").filter(|_| kind == "Secret");
    let spec = stores.find_map(|manifest| manifest.object.get("spec").filter(|spec| spec.text(&["target", "name"]) == Some(name)))?;
    let template = spec.at(&["target", "template", "data"]).and_then(Node::as_map);
    let keys = spec.items(&["data"]).iter().filter_map(|entry| entry.text(&["secretKey"]));
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
        .filter(|reference| !reference.optional)
        .filter_map(|reference| Some(External::object(of_kind(reference.kind)?, reference.name)))
        .collect()
}
