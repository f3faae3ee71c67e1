//! The pods that the Kubernetes executor makes, one a task.

use serde_json::{Map, Value, json};

use super::component::named_account;
use super::{Basis, containers, env, workers};
use crate::model::External;
use crate::values::{Component, KubernetesWorkers, Workload};

/// What holds for a task's pod: what `workers.kubernetes` says, over what `workers` says.
fn keys(basis: &Basis<'_>) -> KubernetesWorkers {
    let workers = &basis.values.workers;
    let tree = |value: Value| if let Value::Object(map) = value { map } else { Map::new() };
    let both = KubernetesWorkers {
        kerberos_sidecar: workers.both.kerberos_sidecar.clone(),
        kerberos_init_container: workers.both.kerberos_init_container.clone(),
        safe_to_evict: workers.both.safe_to_evict,
        // The arguments are those of Celery's workers; a task's pod gets its own from the executor.
        workload: Workload { args: None, ..workers.both.workload.clone() },
    };
    let merged = workers::overlaid(&tree(json!(both)), tree(json!(workers.kubernetes)));
    serde_json::from_value(Value::Object(merged)).unwrap_or_default()
}

/// The account that a task's pod runs as: that of Celery's workers, unless it has one of its own.
pub fn account(basis: &Basis<'_>) -> String {
    let own = &basis.values.workers.kubernetes.workload.service_account;
    let base = if own.create == Some(true) { "worker-kubernetes" } else { "worker" };
    named_account(basis, base, &keys(basis).workload)
}

/// The account that a task's pod runs as, if it has to exist.
pub fn external(basis: &Basis<'_>) -> Vec<External> {
    let kubernetes = basis.values.executor.uses_kubernetes();
    let named = kubernetes && keys(basis).workload.service_account.create != Some(true);
    let mut external: Vec<External> = named.then(|| External::object("ServiceAccount", account(basis))).into_iter().collect();
    if basis.is_for_helm() && !kubernetes {
        // As in the chart, pods mount the file even where nobody needs it; the kubelet makes an empty folder of it.
        external.push(External { kind: "ConfigMap", name: basis.names.of("config"), key: Some("pod_template_file.yaml") });
    }
    external
}

/// What the template of a task's pod sees.
pub fn facts(basis: &Basis<'_>) -> Value {
    let values = basis.values;
    let keys = keys(basis);
    let workload = &keys.workload;
    let component = &values.workers;
    let placement = workload.scheduling.placement.or(&values.placement);
    let executor = json!({"name": "AIRFLOW__CORE__EXECUTOR", "value": values.executor.to_string()});
    let mut annotations = values.airflow_pod_annotations.0.clone();
    annotations.extend(keys.safe_to_evict.map(|safe| ("cluster-autoscaler.kubernetes.io/safe-to-evict".to_owned(), safe.to_string())));
    annotations.extend(workload.pod_annotations.0.clone());
    // Celery's workers have the same one, if there are any.
    let shared = values.executor.uses_celery() && values.workers.celery.enable_default == Some(true);
    let own_account = &values.workers.kubernetes.workload.service_account;
    let text = values.pod_template.as_ref().filter(|text| !text.trim().is_empty());
    let make = values.executor.uses_kubernetes();
    let mut seen = json!(keys);
    let derived = json!({
        "make": make,
        // Where nobody reads it, Helm's manifests mount it all the same.
        "mount": make || basis.is_for_helm(),
        "path": format!("{}/pod_templates/pod_template_file.yaml", basis.names.home),
        "text": text,
        "podLabels": basis.labelling.of_pods(component.name(), Some(&workload.labels)),
        "podAnnotations": annotations,
        "serviceAccount": {
            "create": make && (own_account.create == Some(true) || workload.service_account.create == Some(true) && !shared),
            "name": account(basis),
            "labels": basis.labelling.of_component(component.name(), Some(&workload.labels)),
            "automountServiceAccountToken": workload.service_account.automount_service_account_token,
            "annotations": workload.service_account.annotations,
            "token": Value::Null,
        },
        "nodeSelector": placement.node_selector,
        "affinity": placement.affinity,
        "tolerations": placement.tolerations,
        "topologySpreadConstraints": placement.topology_spread_constraints,
        "schedulerName": placement.scheduler_name,
        "podSecurityContext": containers::pod_security(basis, workload),
        "securityContext": containers::security(basis, &workload.security_contexts.container),
        "lifecycle": containers::lifecycle(basis, &workload.container_lifecycle_hooks),
        "env": env::joined([&[executor], &env::standard(basis, false), &env::custom(basis), &env::own(&workload.env)]),
        "hasDags": true,
        "keepsGit": false,
        "isStateful": false,
    });
    if let (Some(seen), Value::Object(derived)) = (seen.as_object_mut(), derived) {
        seen.extend(derived);
    }
    seen
}
