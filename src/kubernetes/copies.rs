//! What pods of tasks need in other namespaces: a pod reads what is in its own alone.

use super::{Manifest, Reference, Secrecy, references};
use crate::yaml::{self, Data, Entry, Node};

/// The key of a config map that holds the template of a task's pod.
pub const TASK_POD: &str = "pod_template_file.yaml";

impl Manifest {
    /// The template of a task's pod, if it is a config map that holds one.
    #[must_use]
    pub fn task_pod(&self) -> Option<Node> {
        let text = self.object.text(&["data", TASK_POD]).filter(|_| self.kind() == "ConfigMap")?;
        yaml::read(text, 0).ok()?.into_iter().next()
    }

    /// The same as an object of its own.
    #[must_use]
    pub fn as_task_pod(&self) -> Option<Manifest> {
        let object = self.task_pod()?.unwritten();
        Some(Manifest { path: self.path.clone(), object, secrecy: Secrecy::None, given: self.given, patches: self.patches.clone() })
    }

    /// Whether it is what a reference asks for, or makes it.
    fn provides(&self, reference: &Reference<'_>) -> bool {
        self.kind() == reference.kind && self.name() == reference.name || reference.kind == "Secret" && self.makes_secret(reference.name)
    }
}

/// Adds copies of the accounts, config maps and Secrets that the template of a task's pod refers to, for each of these
/// namespaces.
pub fn add_copies(manifests: &mut Vec<Manifest>, namespaces: &[String]) {
    if !namespaces.is_empty() {
        manifests.extend(copies(manifests, namespaces));
        manifests.sort_by(|one, other| one.path.cmp(&other.path));
    }
}

/// These copies.
fn copies(manifests: &[Manifest], namespaces: &[String]) -> Vec<Manifest> {
    let Some((holder, pod)) = manifests.iter().find_map(|manifest| Some((manifest, manifest.task_pod()?))) else { return Vec::new() };
    let needed: Vec<&Manifest> = manifests
        .iter()
        .filter(|manifest| ["ServiceAccount", "ConfigMap", "Secret", "ExternalSecret"].contains(&manifest.kind()))
        .filter(|manifest| manifest.namespace() == holder.namespace())
        .filter(|manifest| references(&pod).iter().any(|reference| manifest.provides(reference)))
        .collect();
    namespaces.iter().flat_map(|namespace| needed.iter().map(|manifest| copy(manifest, namespace))).collect()
}

/// The same object in another namespace.
fn copy(manifest: &Manifest, namespace: &str) -> Manifest {
    let mut object = manifest.object.clone();
    if let Data::Map(entries) = &mut object.data
        && let Some(Data::Map(metadata)) = entries.get_mut("metadata").map(|entry| &mut entry.value.data)
    {
        let value = Node::new(Data::String(namespace.to_owned()));
        metadata.insert("namespace".to_owned(), Entry { key: None, value });
    }
    Manifest { path: manifest.path.clone(), object, secrecy: manifest.secrecy, given: manifest.given, patches: manifest.patches.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_task_reads_is_copied_and_nothing_else() {
        let pod =
            "{spec: {serviceAccountName: a, volumes: [{name: v, configMap: {name: m}}, {name: c, persistentVolumeClaim: {claimName: c}}]}}";
        let objects = [
            format!(r#"{{kind: ConfigMap, metadata: {{name: m, namespace: n}}, data: {{{TASK_POD}: "{pod}"}}}}"#),
            "{kind: ServiceAccount, metadata: {name: a, namespace: n}}".to_owned(),
            "{kind: ServiceAccount, metadata: {name: b, namespace: n}}".to_owned(),
            "{kind: PersistentVolumeClaim, metadata: {name: c, namespace: n}}".to_owned(),
        ];
        let manifest = |text: &String| Manifest {
            path: "p.yaml".to_owned(),
            object: yaml::read(text, 0).unwrap().remove(0),
            secrecy: Secrecy::None,
            given: None,
            patches: Vec::new(),
        };
        let manifests: Vec<Manifest> = objects.iter().map(manifest).collect();
        let made = copies(&manifests, &["x".to_owned(), "y".to_owned()]);
        let made: Vec<String> = made.iter().map(|made| format!("{} {}/{}", made.kind(), made.namespace(), made.name())).collect();
        assert_eq!(made, ["ConfigMap x/m", "ServiceAccount x/a", "ConfigMap y/m", "ServiceAccount y/a"]);
        assert!(copies(&manifests[1..], &["x".to_owned()]).is_empty());
    }
}
