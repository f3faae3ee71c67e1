//! Peers: who may connect, as network policies have it.

use serde::Serialize;
use serde_json::{Value, json};

use crate::model::labels::Labels;

/// Who may connect (Kubernetes: `NetworkPolicyPeer`).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Peer<'v> {
    /// Whom the user names.
    Own(&'v Value),
    /// Pods with these labels.
    #[serde(rename_all = "camelCase")]
    Pods {
        /// The namespaces that they are in; that of the policy, if it says nothing.
        #[serde(skip_serializing_if = "Option::is_none")]
        namespace_selector: Option<Value>,
        pod_selector: PodSelector,
    },
}

/// Pods by their labels (Kubernetes: `LabelSelector`).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PodSelector {
    match_labels: Labels,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    match_expressions: Vec<Value>,
}

impl Peer<'_> {
    /// Pods of the policy's own namespace.
    pub fn here(match_labels: Labels) -> Self {
        Self::here_but(match_labels, &[])
    }

    /// The same but for those of some components, by their label.
    pub fn here_but(match_labels: Labels, components: &[&'static str]) -> Self {
        let others = json!({"key": "component", "operator": "NotIn", "values": components});
        let match_expressions = if components.is_empty() { Vec::new() } else { vec![others] };
        Self::Pods { namespace_selector: None, pod_selector: PodSelector { match_labels, match_expressions } }
    }

    /// Pods of the namespaces that a selector selects.
    pub fn in_namespaces(namespace_selector: Value, match_labels: Labels) -> Self {
        Self::Pods {
            namespace_selector: Some(namespace_selector),
            pod_selector: PodSelector { match_labels, match_expressions: Vec::new() },
        }
    }
}
