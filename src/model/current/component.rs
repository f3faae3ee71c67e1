//! What templates see of each component.

pub mod cron_jobs;
pub mod import_job;
pub mod jobs;
pub mod otel_collector;
pub mod pgbouncer;
pub mod postgresql;
pub mod sets;
pub mod statsd;
pub mod task_pods;
pub mod workers;

use indexmap::IndexMap;
use serde::Serialize;

use super::account::account_name;
use super::basis::Basis;
use super::env;
use super::pod::{Pod, Pods, Subject};
use super::secret_manifests::OwnSecret;
use crate::model::external::External;
use crate::model::image::Reference;
use crate::model::variable::Env;
use crate::values::Component;

/// What templates see of a component.
#[derive(Serialize)]
#[serde(untagged)]
pub enum Seen<'v> {
    Pod(Box<Pod<'v>>),
    Job(Box<jobs::Job<'v>>),
    CronJob(Box<cron_jobs::CronJob<'v>>),
    /// A component whose pods have no keys of their own.
    Plain(Plain<'v>),
}

/// What templates see of a component whose pods have no keys of their own.
#[derive(Serialize)]
pub struct Plain<'v> {
    own: &'v dyn erased_serde::Serialize,
    enabled: bool,
    secrets: IndexMap<&'static str, OwnSecret>,
    image: Reference,
    env: Env<'v>,
}

/// What templates see of a component, which has `key` in the values.
pub fn seen<'v>(pods: &Pods<'_, 'v>, key: &str, component: &'v dyn Component) -> Seen<'v> {
    let basis = pods.basis;
    let Some(subject) = Subject::of(component) else {
        return Seen::Plain(Plain {
            own: component,
            enabled: component.enabled(basis.values),
            secrets: OwnSecret::of_component(basis, key, component),
            image: basis.images.of_component(basis.values, component),
            env: env::of_own_secrets(basis, key),
        });
    };
    let pod = pods.of(key, &subject);
    match (component.job(), component.cron_job()) {
        (Some((keys, step)), _) => Seen::Job(Box::new(jobs::seen(pods, key, pod, keys, step))),
        (None, Some(keys)) => Seen::CronJob(Box::new(cron_jobs::seen(pods, component, pod, keys))),
        (None, None) => Seen::Pod(Box::new(pod)),
    }
}

/// The accounts that have to exist.
pub fn external(basis: &Basis<'_>) -> impl Iterator<Item = External> {
    basis.components().filter_map(|(_, component)| {
        let workload = component.workload()?;
        let made = workload.service_account.create == Some(true);
        (!made).then(|| External::object("ServiceAccount", account_name(basis, component.account_name(), workload)))
    })
}
