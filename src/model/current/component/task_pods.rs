//! The pods that the Kubernetes executor makes, one a task.

use indexmap::IndexMap;
use serde::Serialize;
use serde_json::{Value, json};

use crate::model::current::account::account_name;
use crate::model::current::basis::Basis;
use crate::model::current::kerberos::Containers;
use crate::model::current::placement::Placement;
use crate::model::current::pod::{Pod, Pods, Subject};
use crate::model::current::storage::PodDags;
use crate::model::external::External;
use crate::model::labels::SAFE_TO_EVICT;
use crate::model::variable::{self, plain};
use crate::values::{BLOCK, yaml_list};
use crate::yaml;

/// What the template of a task's pod sees.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TaskPod<'v> {
    #[serde(flatten)]
    pod: Pod<'v>,
    /// Whether tasks run in pods of their own.
    make: bool,
    /// Whether pods mount the file; in Helm's manifests they do even if nobody reads it.
    mount: bool,
    /// Where pods mount it.
    path: String,
    /// The user's own text of it.
    text: Option<String>,
}

/// What the account's name ends with: that of Celery's workers, unless task pods have one of their own.
fn account_base(basis: &Basis<'_>) -> &'static str {
    let own = &basis.values.workers.kubernetes.workload.service_account;
    if own.create == Some(true) { "worker-kubernetes" } else { "worker" }
}

/// The account that a task's pod runs as.
pub fn account(basis: &Basis<'_>) -> String {
    account_name(basis, account_base(basis), &basis.values.workers.of_kubernetes().workload)
}

/// The account that a task's pod runs as, if it has to exist.
pub fn external(basis: &Basis<'_>) -> Vec<External> {
    let kubernetes = basis.values.executor.uses_kubernetes();
    let is_named = kubernetes && basis.values.workers.of_kubernetes().workload.service_account.create != Some(true);
    let mut external: Vec<External> = is_named.then(|| External::object("ServiceAccount", account(basis))).into_iter().collect();
    if basis.is_for_helm() && !kubernetes {
        // As in the chart, pods mount the file even where nobody needs it; the kubelet makes an empty folder of it.
        external.push(External { kind: "ConfigMap", name: basis.names.of("config"), key: Some("pod_template_file.yaml") });
    }
    external
}

/// What the template of a task's pod sees.
pub fn seen<'v>(pods: &Pods<'_, 'v>, key: &str) -> TaskPod<'v> {
    let basis = pods.basis;
    let values = basis.values;
    let keys = values.workers.of_kubernetes();
    let workload = &keys.workload;
    let mut pod = pods.of(
        key,
        &Subject {
            component: &values.workers,
            own: keys,
            workload,
            account: account_base(basis).to_owned(),
            log_groomer: None,
            wait_for_migrations: None,
            own_volume: None,
            keda: None,
            kerberos: Some(Containers { init: &keys.kerberos_init_container, sidecar: &keys.kerberos_sidecar }),
            safe_to_evict: keys.safe_to_evict,
        },
    );
    // A task's pod ends by itself: no change of data needs to replace it.
    let safe = keys.safe_to_evict.map(|safe| (SAFE_TO_EVICT.to_owned(), safe.to_string()));
    let annotations: [&IndexMap<_, _>; 2] = [&values.airflow_pod_annotations.0, &workload.pod_annotations.0];
    pod.template.annotations = annotations[0].clone().into_iter().chain(safe).chain(annotations[1].clone()).collect();
    let executor = vec![plain("AIRFLOW__CORE__EXECUTOR", values.executor.to_string())];
    let for_tickets = pod.kerberos.as_ref().map(|kerberos| kerberos.variables(values)).unwrap_or_default();
    pod.env = variable::joined([executor, pods.env.standard.clone(), pods.env.custom.clone(), for_tickets, variable::own(&workload.env)]);
    pod.placement = Placement::given(basis, &workload.scheduling);
    pod.dags = PodDags::of_task_pods(values, &basis.secrets);
    // Celery's workers have the same account, if there are any.
    let shared = values.executor.uses_celery() && values.workers.celery.enable_default == Some(true);
    let own_account = values.workers.kubernetes.workload.service_account.create == Some(true);
    let make = values.executor.uses_kubernetes();
    pod.service_account.create = make && (own_account || pod.service_account.create && !shared);
    TaskPod {
        make,
        mount: make || basis.is_for_helm(),
        path: format!("{}/pod_templates/pod_template_file.yaml", basis.names.home),
        text: values.own_pod_template().map(|text| filled(text, pods)),
        pod,
    }
}

/// A text with the lists in it that stand for the chart's own templates, each with the indentation of what stands for it.
fn filled(text: &str, pods: &Pods<'_, '_>) -> String {
    let list = |items: Value| if items.as_array().is_none_or(Vec::is_empty) { String::new() } else { yaml::write(&yaml::plain(&items)) };
    let mut filled = String::new();
    for line in text.split_inclusive('\n') {
        let block = match line.trim().strip_prefix(BLOCK) {
            Some("standard_airflow_environment") => list(json!(pods.env.standard)),
            Some("custom_airflow_environment") => list(json!(pods.env.custom)),
            Some("custom_airflow_environment_from") => list(yaml_list(pods.basis.values.extra_env_from.as_deref()).into()),
            _ => {
                filled.push_str(line);
                continue;
            }
        };
        let indent = &line[..line.len() - line.trim_start().len()];
        block.lines().for_each(|line| filled.extend([indent, line, "\n"]));
    }
    filled
}
