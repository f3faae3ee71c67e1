//! The pods that the Kubernetes executor makes, as peers of network policies.

use serde_json::json;

use super::basis::Basis;
use super::peer::Peer;
use crate::model::labels::Labels;
use crate::values::{AirflowOption, Component as _, Options, yaml_value};

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
    let namespaces = match namespaces(basis) {
        Some(names) if names == [&*basis.names.namespace] => None,
        Some(names) => Some(json!({"matchExpressions": [{"key": "kubernetes.io/metadata.name", "operator": "In", "values": names}]})),
        None => Some(json!({})),
    };
    match namespaces {
        None if labels == found => Vec::new(),
        None => vec![Peer::here(labels)],
        Some(selector) => vec![Peer::in_namespaces(selector, labels)],
    }
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

/// The namespaces that tasks' pods may be in; any, if there are none.
fn namespaces(basis: &Basis<'_>) -> Option<Vec<String>> {
    let options = Options::of(basis.values);
    let option =
        |name| options.heard(AirflowOption::of("kubernetes_executor", name)).text().filter(|text| !text.is_empty()).map(str::to_owned);
    let own = option("namespace").unwrap_or_else(|| basis.names.namespace.clone());
    let several = basis.values.multi_namespace_mode;
    match option("multi_namespace_mode_namespace_list") {
        Some(list) if several => Some(list.split(',').map(|name| name.trim().to_owned()).collect()),
        None if several => None,
        _ => Some(vec![own]),
    }
}
