//! References: which other objects an object needs.

use super::Pod;
use crate::yaml::{Data, Node};

/// A reference to another object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference<'n> {
    /// The kind of the other object.
    pub kind: &'n str,
    /// Its name.
    pub name: &'n str,
    /// The keys that are read of its data; all, if there are none.
    pub keys: Vec<&'n str>,
    /// Where its keys are said: `subPath` if they are mounted one by one.
    pub said_at: &'static str,
    /// Whether all its data is read besides.
    pub whole: bool,
    /// The variable of a container that takes the value.
    pub variable: Option<&'n str>,
    /// Whether the other object, or its key, may be missing.
    pub optional: bool,
}

impl<'n> Reference<'n> {
    fn to(kind: &'n str, name: Option<&'n str>) -> Option<Self> {
        let name = name.filter(|name| !name.is_empty())?;
        Some(Self { kind, name, keys: Vec::new(), said_at: "key", whole: true, variable: None, optional: false })
    }

    fn reading(self, keys: Vec<&'n str>) -> Self {
        Self { whole: keys.is_empty(), keys, ..self }
    }
}

impl<'n> Pod<'n> {
    /// What its containers read and its volumes hold, in this order.
    #[must_use]
    pub fn references(&self) -> Vec<Reference<'n>> {
        let mut found = Vec::new();
        for container in self.containers() {
            let places = ["env", "envFrom"].into_iter().filter_map(|key| container.get(key));
            places.for_each(|node| Walk::default().within(node, &mut found));
        }
        for volume in self.volumes() {
            Walk { pod: Some(*self), ..Walk::default() }.within_volume(volume, &mut found);
        }
        found
    }
}

/// All references that are somewhere in an object, or in a part of one.
#[must_use]
pub fn references(node: &Node) -> Vec<Reference<'_>> {
    let mut found = Vec::new();
    Walk::default().within(node, &mut found);
    found
}

/// Where the walk over an object is.
#[derive(Clone, Copy, Default)]
struct Walk<'n> {
    /// The key whose value is looked at.
    key: &'n str,
    /// The pod, if it is in one.
    pod: Option<Pod<'n>>,
    /// The volume of the pod, if it is in one.
    volume: Option<&'n Node>,
    /// The variable that takes the value.
    variable: Option<&'n str>,
}

impl<'n> Walk<'n> {
    fn within_volume(self, volume: &'n Node, found: &mut Vec<Reference<'n>>) {
        Self { volume: Some(volume), ..self }.within(volume, found);
    }

    fn within(self, node: &'n Node, found: &mut Vec<Reference<'n>>) {
        let entries = match &node.data {
            Data::List(items) if self.key == "volumes" => return items.iter().for_each(|item| self.within_volume(item, found)),
            Data::List(items) => return items.iter().for_each(|item| Self { key: "", ..self }.within(item, found)),
            Data::Map(entries) => entries,
            _ => return,
        };
        let is_pod = node.get("containers").is_some();
        let pod = if is_pod { Some(Pod { labels: None, annotations: None, spec: node }) } else { self.pod };
        for (key, entry) in entries {
            let walk = Self { key, pod, variable: if key == "valueFrom" { node.text(&["name"]) } else { self.variable }, ..self };
            let refers = match (self.key, key.as_str()) {
                // The name of the Secret of a volume was read with the volume, and a variable from a file names a volume of its pod.
                ("secret", "secretName") | ("fileKeyRef", "volumeName") => false,
                // The former name says something in a pod alone, where the other says nothing.
                (_, "serviceAccount") => is_pod && pod.and_then(|pod| pod.said_account()).is_some_and(|(said_at, _)| said_at == key),
                _ => true,
            };
            if refers {
                walk.of_entry(&entry.value, found);
            }
            // What the user calls things refers to nothing.
            if !["data", "stringData", "annotations", "labels", "matchLabels", "nodeSelector"].contains(&key.as_str()) {
                walk.within(&entry.value, found);
            }
        }
    }

    /// What one entry of a map refers to by itself.
    fn of_entry(self, value: &'n Node, found: &mut Vec<Reference<'n>>) {
        let key = || value.text(&["key"]).into_iter().collect();
        let list = || value.as_list().unwrap_or_default().iter();
        let named = |kind| Reference::to(kind, value.text(&["name"]));
        let mut references: Vec<Reference<'n>> = match self.key {
            "secretKeyRef" => named("Secret").map(|reference| reference.reading(key())).into_iter().collect(),
            "configMapKeyRef" => named("ConfigMap").map(|reference| reference.reading(key())).into_iter().collect(),
            "secret" => {
                let name = value.text(&["secretName"]).or_else(|| value.text(&["name"]));
                Reference::to("Secret", name).map(|reference| self.mounted(reference, value)).into_iter().collect()
            }
            "configMap" => named("ConfigMap").map(|reference| self.mounted(reference, value)).into_iter().collect(),
            "secretRef"
            | "nodeStageSecretRef"
            | "nodePublishSecretRef"
            | "nodeExpandSecretRef"
            | "controllerExpandSecretRef"
            | "controllerPublishSecretRef" => named("Secret").into_iter().collect(),
            "secretTargetRef" => {
                let keys = |one: &'n Node| one.text(&["key"]).into_iter().collect();
                list().filter_map(|one| Some(Reference::to("Secret", one.text(&["name"]))?.reading(keys(one)))).collect()
            }
            "configMapRef" => named("ConfigMap").into_iter().collect(),
            "secretName" => Reference::to("Secret", value.as_str()).into_iter().collect(),
            "persistentVolumeClaim" => Reference::to("PersistentVolumeClaim", value.text(&["claimName"])).into_iter().collect(),
            "volumeName" => Reference::to("PersistentVolume", value.as_str()).into_iter().collect(),
            "serviceAccountName" | "serviceAccount" => Reference::to("ServiceAccount", value.as_str()).into_iter().collect(),
            "priorityClassName" => Reference::to("PriorityClass", value.as_str()).into_iter().collect(),
            "runtimeClassName" => Reference::to("RuntimeClass", value.as_str()).into_iter().collect(),
            "storageClassName" => Reference::to("StorageClass", value.as_str()).into_iter().collect(),
            "ingressClassName" => Reference::to("IngressClass", value.as_str()).into_iter().collect(),
            "backend" | "defaultBackend" => Reference::to("Service", value.text(&["service", "name"])).into_iter().collect(),
            "backendRefs" => {
                let is_here = |one: &&'n Node| matches!(one.text(&["kind"]), None | Some("Service")) && one.get("namespace").is_none();
                list().filter(is_here).filter_map(|one| Reference::to("Service", one.text(&["name"]))).collect()
            }
            "scaleTargetRef" => {
                let kind = value.text(&["kind"]).unwrap_or("Deployment");
                Reference::to(kind, value.text(&["name"])).into_iter().collect()
            }
            "authenticationRef" => {
                let kind = value.text(&["kind"]).unwrap_or("TriggerAuthentication");
                Reference::to(kind, value.text(&["name"])).into_iter().collect()
            }
            "imagePullSecrets" => list().filter_map(|secret| Reference::to("Secret", secret.text(&["name"]))).collect(),
            "roleRef" => Reference::to(value.text(&["kind"]).unwrap_or_default(), value.text(&["name"])).into_iter().collect(),
            "subjects" => {
                let accounts = list().filter(|subject| subject.text(&["kind"]) == Some("ServiceAccount"));
                accounts.filter_map(|account| Reference::to("ServiceAccount", account.text(&["name"]))).collect()
            }
            _ => return,
        };
        for reference in &mut references {
            reference.variable = self.variable;
            reference.optional = matches!(value.get("optional").map(|node| &node.data), Some(Data::Bool(true)));
        }
        found.append(&mut references);
    }

    /// The keys of a Secret's or a config map's volume that are read: the listed ones, or those that are mounted one by one.
    fn mounted(self, reference: Reference<'n>, source: &'n Node) -> Reference<'n> {
        let listed: Vec<&str> = source.items(&["items"]).iter().filter_map(|item| item.text(&["key"])).collect();
        // Of a projected volume, what is mounted may come from another of its sources.
        let volume = self.volume.filter(|volume| volume.get("projected").is_none());
        let (Some(pod), Some(volume), true) = (self.pod, volume, listed.is_empty()) else { return reference.reading(listed) };
        let mounts: Vec<Option<&str>> = pod.mounts(volume).collect();
        let whole = mounts.is_empty() || mounts.contains(&None);
        Reference { whole, keys: mounts.into_iter().flatten().collect(), said_at: "subPath", ..reference }
    }
}

#[cfg(test)]
mod tests {
    use super::{Pod, Reference, references};
    use crate::yaml::{Node, read};

    fn node(text: &str) -> Node {
        read(text, 0).unwrap().remove(0)
    }

    fn names<'n>(found: &[Reference<'n>]) -> Vec<(&'n str, &'n str)> {
        found.iter().map(|reference| (reference.kind, reference.name)).collect()
    }

    #[test]
    fn each_way_to_refer_is_found_once() {
        for (text, expected) in [
            ("spec: {volumes: [{name: v, secret: {secretName: s}}]}", vec![("Secret", "s")]),
            ("projected: {sources: [{secret: {name: s}}, {configMap: {name: m}}]}", vec![("Secret", "s"), ("ConfigMap", "m")]),
            ("tls: [{secretName: s}]", vec![("Secret", "s")]),
            ("imagePullSecrets: [{name: a}, {name: b}]", vec![("Secret", "a"), ("Secret", "b")]),
            (
                "{roleRef: {kind: Role, name: r}, subjects: [{kind: User, name: u}, {kind: ServiceAccount, name: a}]}",
                vec![("Role", "r"), ("ServiceAccount", "a")],
            ),
            ("spec: {volumeName: v, csi: {nodeStageSecretRef: {name: s, namespace: n}}}", vec![("PersistentVolume", "v"), ("Secret", "s")]),
            ("volumes: [{persistentVolumeClaim: {claimName: c}}]", vec![("PersistentVolumeClaim", "c")]),
            ("env: [{name: V, valueFrom: {fileKeyRef: {volumeName: v, path: p, key: k}}}]", vec![]),
            (
                "{priorityClassName: a, runtimeClassName: b, storageClassName: c, ingressClassName: d}",
                vec![("PriorityClass", "a"), ("RuntimeClass", "b"), ("StorageClass", "c"), ("IngressClass", "d")],
            ),
            (
                "{defaultBackend: {service: {name: a}}, paths: [{path: /, backend: {service: {name: b, port: {number: 1}}}}]}",
                vec![("Service", "a"), ("Service", "b")],
            ),
            ("backendRefs: [{name: a, port: 1}, {name: b, namespace: n}, {name: c, kind: Other}]", vec![("Service", "a")]),
            (
                "{scaleTargetRef: {name: a}, triggers: [{authenticationRef: {name: b}}]}",
                vec![("Deployment", "a"), ("TriggerAuthentication", "b")],
            ),
            ("{scaleTargetRef: {kind: StatefulSet, name: a}}", vec![("StatefulSet", "a")]),
            ("secretTargetRef: [{parameter: connection, name: s, key: k}]", vec![("Secret", "s")]),
            ("{serviceName: s, service: {name: t}}", vec![]),
            ("serviceAccountName: ''", vec![]),
            ("{containers: [], serviceAccount: a}", vec![("ServiceAccount", "a")]),
            ("{containers: [], serviceAccount: a, serviceAccountName: ''}", vec![("ServiceAccount", "a")]),
            ("{containers: [], serviceAccount: a, serviceAccountName: b}", vec![("ServiceAccount", "b")]),
            ("{serviceAccount: a}", vec![]),
            ("data: {secretName: text}", vec![]),
            ("{metadata: {annotations: {secretName: text}, labels: {serviceAccountName: text}}}", vec![]),
        ] {
            assert_eq!(names(&references(&node(text))), expected, "{text}");
        }
    }

    #[test]
    fn a_reference_knows_its_keys_and_its_variable() {
        let object = node("env: [{name: V, valueFrom: {secretKeyRef: {name: s, key: k, optional: true}}}]");
        let found = references(&object);
        assert_eq!(
            found,
            [Reference { kind: "Secret", name: "s", keys: vec!["k"], said_at: "key", whole: false, variable: Some("V"), optional: true }]
        );
    }

    #[test]
    fn of_a_volume_the_mounted_keys_are_read() {
        let pod = |mounts: &str| {
            node(&format!("spec: {{containers: [{{name: c, volumeMounts: [{mounts}]}}], volumes: [{{name: v, configMap: {{name: m}}}}]}}"))
        };
        for (mounts, keys, whole) in [
            ("{name: v, subPath: a}, {name: v, subPath: b}", vec!["a", "b"], false),
            ("{name: v, subPath: ./a/}, {name: v, subPath: a}", vec!["a", "a"], false),
            ("{name: v, subPath: a}, {name: v}", vec!["a"], true),
            ("{name: v, subPath: a}, {name: v, subPath: .}", vec!["a"], true),
            ("{name: other, subPath: a}", vec![], true),
        ] {
            let object = pod(mounts);
            for found in [references(&object), Pod::of(&object).unwrap().references()] {
                assert_eq!(
                    found,
                    [Reference {
                        kind: "ConfigMap",
                        name: "m",
                        keys: keys.clone(),
                        said_at: "subPath",
                        whole,
                        variable: None,
                        optional: false
                    }],
                    "{mounts}"
                );
            }
        }
        let projected = node(
            "spec: {containers: [{name: c, volumeMounts: [{name: v, subPath: a}]}], volumes: [{name: v, projected: {sources: [{configMap: \
             {name: m}}]}}]}",
        );
        assert!(references(&projected)[0].keys.is_empty());
        let listed = node("volumes: [{name: v, secret: {secretName: s, items: [{key: a, path: x}]}}]");
        assert_eq!(references(&listed)[0].keys, ["a"]);
    }
}
