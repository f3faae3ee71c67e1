//! The Jobs: the migration of the database, the first user, and what else is set in the database.

use indexmap::IndexMap;
use serde::Serialize;
use serde_json::Value;

use super::import_job;
use crate::model::current::env;
use crate::model::current::pod::{Pod, Pods};
use crate::model::current::sidecars::WaitForMigrations;
use crate::model::variable::{self, Env, plain};
use crate::values::yaml_list;
use crate::values::{Delivery, Job as Keys, JobStep, Values};

/// What templates see of a Job.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Job<'v> {
    #[serde(flatten)]
    pod: Pod<'v>,
    env_from: Vec<Value>,
    /// The annotations with which Helm and Argo CD run it again each time, and the user's own.
    hooks: IndexMap<String, String>,
}

/// What templates see of a Job, which has `key` in the values.
pub fn seen<'v>(pods: &Pods<'_, 'v>, key: &str, mut pod: Pod<'v>, keys: &'v Keys, step: JobStep) -> Job<'v> {
    let (basis, airflow) = (pods.basis, pods.env);
    let values = basis.values;
    let custom = if keys.apply_custom_env { airflow.custom.clone() } else { Vec::new() };
    pod.env = variable::joined([
        of_step(values, step),
        env::of_own_secrets(basis, key),
        custom,
        airflow.standard.clone(),
        variable::own(&keys.workload.env),
    ]);
    // The keys of Jobs: `annotations` are the pod's, `jobAnnotations` the Job's.
    let annotations = [&values.airflow_pod_annotations, &keys.workload.annotations, &keys.workload.pod_annotations];
    pod.template.annotations = annotations.into_iter().flat_map(|annotations| annotations.0.clone()).collect();
    pod.template.annotations.extend((step == JobStep::Import).then(|| import_job::checksum(values)));
    match step {
        JobStep::Migration => pod.image = basis.images.migrations.clone(),
        // Helm and Argo CD run one Job after the other.
        JobStep::FirstUser | JobStep::Import if matches!(values.delivery, Delivery::Helm | Delivery::Argocd) => {}
        JobStep::FirstUser | JobStep::Import => {
            pod.wait_for_migrations = values.migrate_database_job.0.enabled.then(|| WaitForMigrations::of_nobody(basis, airflow));
        }
    }
    Job {
        env_from: if keys.apply_custom_env { yaml_list(values.extra_env_from.as_deref()) } else { Vec::new() },
        hooks: hooks(values, keys, step),
        pod,
    }
}

/// The variables that a step has.
fn of_step(values: &Values, step: JobStep) -> Env<'_> {
    match step {
        // Its messages are seen at once.
        JobStep::Migration => vec![plain("PYTHONUNBUFFERED", "1")],
        JobStep::FirstUser => Vec::new(),
        JobStep::Import => import_job::env(values),
    }
}

/// The annotations with which Helm and Argo CD run a Job again each time and in order, and the user's own.
fn hooks(values: &Values, keys: &Keys, step: JobStep) -> IndexMap<String, String> {
    // The migration comes before what waits for it, the first user after that.
    let (weight, wave) = match step {
        JobStep::Migration => ("1", "-1"),
        JobStep::FirstUser => ("2", "1"),
        JobStep::Import => ("3", "2"),
    };
    let hooks = match values.delivery {
        Delivery::Helm if keys.use_helm_hooks => vec![
            ("helm.sh/hook", "post-install,post-upgrade"),
            ("helm.sh/hook-delete-policy", "before-hook-creation,hook-succeeded"),
            ("helm.sh/hook-weight", weight),
        ],
        Delivery::Argocd => vec![
            ("argocd.argoproj.io/hook", "Sync"),
            ("argocd.argoproj.io/hook-delete-policy", "BeforeHookCreation"),
            ("argocd.argoproj.io/sync-wave", wave),
        ],
        _ => Vec::new(),
    };
    hooks.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).chain(keys.job_annotations.0.clone()).collect()
}
