//! The pods that the Kubernetes executor makes, as peers of network policies.

use serde_json::json;

use super::basis::Basis;
use super::namespaces::TaskNamespaces;
use super::peer::Peer;
use crate::model::labels::Labels;
use crate::values::{Component as _, yaml_value};

/// The pods of tasks that the workers' labels do not find in the namespace of the release.
pub fn elsewhere<'v>(basis: &Basis<'_>) -> Vec<Peer<'v>> {
    let values = basis.values;
    if !values.executor.uses_kubernetes() {
        return Vec::new();
    }
    let found = basis.labelling.selector(values.workers.name());
    let given = labels(basis);
    let has_all = found.keys().all(|key| given.contains_key(key));
    let labels: Labels = if has_all { found.keys().map(|key| (key.clone(), given[key].clone())).collect() } else { given };
    let TaskNamespaces { any, others, hosts_in_full: _ } = &basis.task_namespaces;
    if *any {
        return vec![Peer::in_namespaces(json!({}), labels)];
    }
    let named = json!({"matchExpressions": [{"key": "kubernetes.io/metadata.name", "operator": "In", "values": others}]});
    let named = (!others.is_empty()).then(|| Peer::in_namespaces(named, labels.clone()));
    (labels != found).then(|| Peer::here(labels)).into_iter().chain(named).collect()
}

/// The labels of a task's pod: the template's, and one that the executor gives it.
fn labels(basis: &Basis<'_>) -> Labels {
    let values = basis.values;
    let own = values.pod_template.as_deref().filter(|text| !text.trim().is_empty());
    let Some(own) = own else {
        return basis.labelling.of_pods(values.workers.name(), Some(&values.workers.of_kubernetes().workload.labels));
    };
    let own = yaml_value(own).unwrap_or_default();
    let own = own["metadata"]["labels"].as_object().cloned().unwrap_or_default();
    let own = own.into_iter().filter_map(|(key, value)| Some((key, value.as_str()?.to_owned())));
    own.chain([("kubernetes_executor".to_owned(), "True".to_owned())]).collect()
}
