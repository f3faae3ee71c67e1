//! Which objects stand in which files of a directory.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::checksum;
use crate::kubernetes::Manifest;

/// Which objects stand in which files of a directory.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Layout {
    /// A file for each template, in the folder of its component.
    #[default]
    Files,
    /// A file for each object, in the folder of its namespace, such as `data/deployment-airflow-scheduler.yaml`; what is in no namespace
    /// stands in none.
    Objects,
    /// One file, `manifests.yaml`, in the order in which Helm installs.
    Single,
}

/// The one file.
const SINGLE: &str = "manifests.yaml";

impl Layout {
    /// The paths of objects, each at the place of its object. What hands the set over stands by itself in each layout.
    pub(super) fn paths(self, manifests: &[&Manifest]) -> Vec<String> {
        match self {
            Self::Files => manifests.iter().map(|manifest| manifest.path.clone()).collect(),
            Self::Objects => of_objects(manifests),
            Self::Single => {
                let path = |manifest: &&Manifest| if manifest.is_handover() { manifest.path.clone() } else { SINGLE.to_owned() };
                manifests.iter().map(path).collect()
            }
        }
    }
}

/// A path for each object. Where two would have the same, some file systems' case aside, the group of their APIs is in it too; and if
/// that does not tell them apart, a number.
fn of_objects(manifests: &[&Manifest]) -> Vec<String> {
    let plain: Vec<String> = manifests.iter().map(|manifest| stem(manifest, "")).collect();
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    for stem in &plain {
        *numbers.entry(stem.to_lowercase()).or_default() += 1;
    }
    let mut taken = BTreeSet::new();
    let path = |(manifest, plain): (&&Manifest, &String)| {
        if manifest.is_handover() {
            return manifest.path.clone();
        }
        let is_one = numbers.get(&plain.to_lowercase()) == Some(&1);
        let stem = if is_one { plain.clone() } else { stem(manifest, &format!(".{}", group(manifest))) };
        let numbered = std::iter::once(stem.clone()).chain((2..).map(|number| format!("{stem}-{number}")));
        let free = numbered.into_iter().find(|stem| taken.insert(stem.to_lowercase())).unwrap_or(stem);
        free + ".yaml"
    };
    manifests.iter().zip(&plain).map(path).collect()
}

/// The path of an object, without its ending.
fn stem(manifest: &Manifest, group: &str) -> String {
    let folder = match manifest.namespace() {
        "" => String::new(),
        namespace => portable(namespace) + "/",
    };
    let file = format!("{}{group}-{}", manifest.kind().to_lowercase(), manifest.name());
    folder + &checksum::shortened(&portable(&file), checksum::MOST_OF_NAME)
}

/// The group of an object's API; `core`, which has none.
fn group(manifest: &Manifest) -> &str {
    Some(manifest.group()).filter(|group| !group.is_empty()).unwrap_or("core")
}

/// A name that every file system takes: those of roles may have colons in them.
fn portable(name: &str) -> String {
    let kept = |symbol: char| if symbol.is_ascii_alphanumeric() || "-._".contains(symbol) { symbol } else { '-' };
    name.chars().map(kept).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kubernetes::Secrecy;
    use crate::yaml;

    #[test]
    fn no_two_objects_have_the_same_path() {
        let long = "n".repeat(253);
        let (of_long_group, other) = (format!("{}.example.com/v1", "g".repeat(200)), format!("{long}m"));
        let objects = [
            ("apps/v1", "Deployment", "data", "a"),
            ("v1", "Namespace", "", "data"),
            ("rbac.authorization.k8s.io/v1", "Role", "data", "system:a"),
            ("rbac.authorization.k8s.io/v1", "Role", "data", "system-a"),
            ("rbac.authorization.k8s.io/v1", "Role", "data", "System-a"),
            ("v1", "Service", "data", "b"),
            ("serving.knative.dev/v1", "Service", "data", "b"),
            ("v1", "ConfigMap", "data", &long),
            ("v1", "ConfigMap", "data", &other),
            ("v1", "Secret", "data", "c"),
            (&of_long_group, "Secret", "data", "c"),
            (&of_long_group, "ConfigMap", "data", &long),
        ];
        let manifest = |(api, kind, namespace, name): (&str, &str, &str, &str)| {
            let text = format!("{{apiVersion: {api}, kind: {kind}, metadata: {{name: \"{name}\", namespace: \"{namespace}\"}}}}");
            let object = yaml::read(&text, 0).unwrap().remove(0);
            Manifest { path: String::new(), object, secrecy: Secrecy::None, given: None, patches: Vec::new() }
        };
        let manifests = objects.map(manifest);
        let paths = Layout::Objects.paths(&manifests.iter().collect::<Vec<_>>());
        let role = "data/role.rbac.authorization.k8s.io-";
        assert_eq!(
            paths[..7],
            [
                "data/deployment-a.yaml".to_owned(),
                "namespace-data.yaml".to_owned(),
                format!("{role}system-a.yaml"),
                format!("{role}system-a-2.yaml"),
                format!("{role}System-a-3.yaml"),
                "data/service.core-b.yaml".to_owned(),
                "data/service.serving.knative.dev-b.yaml".to_owned(),
            ]
        );
        assert_eq!(paths.iter().collect::<BTreeSet<_>>().len(), paths.len(), "{paths:?}");
        for path in &paths[7..] {
            let name = path.strip_prefix("data/").unwrap();
            assert!(name.len() <= 245, "{name}");
        }
        assert!(paths[7].starts_with("data/configmap.core-nnn") && paths[8].starts_with("data/configmap-nnn"), "{paths:?}");
    }
}
