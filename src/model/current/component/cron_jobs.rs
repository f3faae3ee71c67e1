//! The CronJobs.

use indexmap::IndexMap;
use serde::Serialize;
use serde_json::Value;

use crate::model::current::pod::{Pod, Pods};
use crate::model::variable;
use crate::values::{Component, CronJob as Keys, yaml_list};

/// What templates see of a CronJob.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CronJob<'v> {
    #[serde(flatten)]
    pod: Pod<'v>,
    env_from: Vec<Value>,
    /// Of the CronJob itself.
    annotations: IndexMap<String, String>,
}

/// What templates see of a component that is a CronJob.
pub fn seen<'v>(pods: &Pods<'_, 'v>, component: &dyn Component, mut pod: Pod<'v>, keys: &'v Keys) -> CronJob<'v> {
    let (basis, airflow) = (pods.basis, pods.env);
    let values = basis.values;
    let custom = keys.apply_custom_env;
    pod.env = variable::joined([
        if custom { airflow.custom.clone() } else { Vec::new() },
        airflow.standard.clone(),
        variable::own(&keys.workload.env),
    ]);
    let namespaces = std::iter::once(&basis.names.namespace).chain(&basis.task_namespaces.others);
    let namespaces: Vec<&str> = namespaces.map(String::as_str).collect();
    pod.args = component.scheduled_args(&namespaces);
    CronJob {
        env_from: if custom { yaml_list(values.extra_env_from.as_deref()) } else { Vec::new() },
        annotations: keys.workload.annotations.0.clone().into_iter().chain(keys.job_annotations.0.clone()).collect(),
        pod,
    }
}
