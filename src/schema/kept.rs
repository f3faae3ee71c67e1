//! What the API server keeps of a manifest.
//!
//! `kubectl apply` compares what is applied with what is kept, and says `configured` where they differ in their text, though
//! nothing changes. So a manifest is written as it is kept.

use super::{Schema, quantity};
use crate::yaml::{self, Data, Entry, Node};

/// Marks a field that is left out when it is `false`, 0 or an empty text.
const UNKEPT: &str = "x-unkept";
/// Marks a list whose items `kubectl` merges one by one; it compares every other list as a whole.
pub(super) const MERGED: &str = "x-merged";
/// Marks a map that `kubectl` compares as a whole.
const WHOLE: &str = "x-whole";
/// Marks a quantity.
const QUANTITY: &str = "x-quantity";

impl Schema<'_> {
    /// Writes a tree as the API server keeps it: without what it leaves out, with quantities in its notation, and with its
    /// defaults where they would be missed.
    pub fn keep(self, node: &mut Node) {
        self.keep_within(node, false);
    }

    fn keep_within(self, node: &mut Node, compared_whole: bool) {
        match &mut node.data {
            Data::Map(entries) => {
                let compared_whole = compared_whole || self.is_marked(WHOLE);
                entries.retain(|key, entry| !(is_zero(&entry.value) && self.property(key).is_some_and(|below| below.is_marked(UNKEPT))));
                for (key, entry) in entries.iter_mut() {
                    if let Some(below) = self.property(key) {
                        below.keep_within(&mut entry.value, compared_whole);
                    }
                }
                let added = if compared_whole { self.0.defaults } else { &[] };
                for (key, text) in added.iter().filter(|(key, _)| !entries.contains_key(*key)).collect::<Vec<_>>() {
                    let place = entries.keys().position(|other| other.as_str() > *key).unwrap_or(entries.len());
                    entries.shift_insert(place, (*key).to_owned(), default(text));
                }
            }
            Data::List(items) => {
                let Some(below) = self.items() else { return };
                let compared_whole = compared_whole || !self.is_marked(MERGED);
                for item in items {
                    below.keep_within(item, compared_whole);
                }
            }
            Data::String(_) | Data::Number(..) if self.is_marked(QUANTITY) => {
                if let Some(canonical) = quantity::canonical(&quantity::written(node)) {
                    node.data = Data::String(canonical);
                }
            }
            _ => {}
        }
    }
}

/// Whether it is what a field has that nobody sets, in Go.
fn is_zero(node: &Node) -> bool {
    match &node.data {
        Data::Bool(value) => !value,
        Data::Number(number, _) => number.as_f64() == Some(0.0),
        Data::String(text) => text.is_empty(),
        _ => false,
    }
}

/// A default, from its JSON.
fn default(text: &str) -> Entry {
    let value = yaml::read(text, 0).ok().and_then(|documents| documents.into_iter().next());
    Entry { key: None, value: value.expect("the schema's defaults are JSON").unwritten() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An object of a kind, written as it is kept.
    fn kept(api_version: &str, kind: &str, text: &str) -> String {
        let mut node = yaml::read(text, 0).unwrap().remove(0);
        Schema::of_kind(api_version, kind).unwrap().keep(&mut node);
        yaml::write(&node)
    }

    /// The same text as `yaml::write` has it.
    fn plain(text: &str) -> String {
        yaml::write(&yaml::read(text, 0).unwrap().remove(0))
    }

    #[test]
    fn what_is_left_out_is_not_written() {
        let mount = "{name: v, mountPath: /v, readOnly: false, subPath: ''}";
        let pod = format!(
            "spec: {{hostIPC: false, containers: [{{name: a, stdin: false, env: [{{name: A, value: ''}}], volumeMounts: [{mount}]}}]}}"
        );
        let wanted = "spec: {containers: [{name: a, env: [{name: A}], volumeMounts: [{name: v, mountPath: /v}]}]}";
        assert_eq!(kept("v1", "Pod", &pod), plain(wanted));
    }

    /// In Go these are pointers: `false`, 0 and an empty text are not the same as nothing.
    #[test]
    fn what_is_kept_stays() {
        let pod = "spec: {automountServiceAccountToken: false, terminationGracePeriodSeconds: 0, securityContext: {runAsUser: 0},
                   volumes: [{name: a, configMap: {name: c, optional: false}}]}";
        assert_eq!(kept("v1", "Pod", pod), plain(pod));
        let claim = "spec: {storageClassName: ''}";
        assert_eq!(kept("v1", "PersistentVolumeClaim", claim), plain(claim));
    }

    #[test]
    fn what_is_compared_whole_has_its_defaults() {
        let policy = "spec: {ingress: [{ports: [{port: 80}, {port: 53, protocol: UDP}]}]}";
        let wanted = "spec: {ingress: [{ports: [{port: 80, protocol: TCP}, {port: 53, protocol: UDP}]}]}";
        assert_eq!(kept("networking.k8s.io/v1", "NetworkPolicy", policy), plain(wanted));
        let deployment = "spec: {strategy: {rollingUpdate: {maxSurge: 1}}}";
        let wanted = "spec: {strategy: {rollingUpdate: {maxSurge: 1}, type: RollingUpdate}}";
        assert_eq!(kept("apps/v1", "Deployment", deployment), plain(wanted));
    }

    #[test]
    fn a_claim_has_its_defaults_only_within_a_set() {
        let claim = "{metadata: {name: a}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1024Mi}}}}";
        let wanted = "{metadata: {name: a}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}";
        assert_eq!(kept("v1", "PersistentVolumeClaim", claim), plain(wanted));
        let wanted = "{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: a},
                       spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}, volumeMode: Filesystem},
                       status: {phase: Pending}}";
        let set = |claim: &str| format!("spec: {{volumeClaimTemplates: [{claim}]}}");
        assert_eq!(kept("apps/v1", "StatefulSet", &set(claim)), plain(&set(wanted)));
    }
}
