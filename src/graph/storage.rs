//! Storage that outlives the pods, and the systems behind it.

use super::pods::Pods;
use super::{Drawing, Kind, Node, Shape};
use crate::kubernetes::{Manifest, Set};
use crate::yaml::Node as Yaml;

/// Sources of a pod's volumes that are not storage, or have their own place in the diagram.
const OTHERS: [&str; 8] = ["name", "configMap", "secret", "projected", "downwardAPI", "emptyDir", "persistentVolumeClaim", "ephemeral"];

/// Claims and other storage, with an edge from each workload that has them.
pub(super) fn draw(set: &Set<'_>, pods: &[Pods<'_>], drawing: &mut Drawing) {
    for pods in pods {
        for volume in pods.pod.volumes() {
            let claim = volume.text(&["persistentVolumeClaim", "claimName"]).unwrap_or_default();
            let node = if !claim.is_empty() {
                let label = label(set, pods.namespace, claim);
                let outside = set.find("PersistentVolumeClaim", pods.namespace, claim).is_none();
                drawing.node(
                    claim,
                    Node { shape: Shape::Storage, label, namespace: Some(pods.namespace.to_owned()), outside, lane: Shape::Storage.lane() },
                )
            } else if let Some(source) = source(volume) {
                drawing.outside(Shape::Storage, &source, vec![source.clone()])
            } else {
                continue;
            };
            drawing.edge(pods.node, node, Kind::Mounts);
        }
    }
}

/// The persistent volume of a claim, if the set has it.
pub(super) fn volume<'m>(set: &Set<'m>, namespace: &str, claim: &str) -> Option<&'m Manifest> {
    let claim = set.find("PersistentVolumeClaim", namespace, claim)?;
    set.find("PersistentVolume", namespace, claim.object.text(&["spec", "volumeName"]).unwrap_or_default())
}

fn label(set: &Set<'_>, namespace: &str, name: &str) -> Vec<String> {
    let claim = set.find("PersistentVolumeClaim", namespace, name);
    let size = claim.and_then(|claim| claim.object.at(&["spec", "resources", "requests", "storage"])).map(Yaml::scalar);
    let size = size.map_or_else(|| "PersistentVolumeClaim".to_owned(), |size| format!("PersistentVolumeClaim, {size}"));
    let behind = volume(set, namespace, name).and_then(|volume| source(volume.object.get("spec")?));
    [name.to_owned(), size].into_iter().chain(behind).collect()
}

/// The storage behind a pod's volume or a persistent volume, in the words of its driver.
fn source(volume: &Yaml) -> Option<String> {
    let (kind, source) = volume.entries(&[]).find(|(key, value)| value.as_map().is_some() && !OTHERS.contains(key) && is_source(key))?;
    let said = |keys: &[&str]| {
        let said = keys.iter().filter_map(|key| source.get(key).or_else(|| source.at(&["volumeAttributes", key]))).map(Yaml::scalar);
        said.filter(|text| !text.is_empty()).collect::<Vec<_>>()
    };
    let shown = match kind {
        "csi" => {
            let share = said(&["shareName", "share"]);
            let share = if share.is_empty() { said(&["volumeHandle"]) } else { share };
            [said(&["driver"]), share].concat().join(" ")
        }
        "nfs" => format!("nfs {}", said(&["server", "path"]).join(":")),
        "azureFile" => format!("azureFile {}", said(&["shareName"]).join(" ")),
        _ => format!("{kind} {}", said(&["path", "fsType", "volumeID", "pdName", "diskName"]).join(" ")),
    };
    Some(shown.trim_end().to_owned())
}

/// Whether a key of a volume's map is a source; a persistent volume has other maps besides.
fn is_source(key: &str) -> bool {
    !matches!(key, "capacity" | "claimRef" | "nodeAffinity")
}
