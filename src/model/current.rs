//! The facts of the edition for Airflow 2.11 and 3: what the official chart renders, from the same values.

mod account;
mod airflow_cfg;
mod basis;
mod broker;
mod checksums;
mod component;
mod database_proxy;
mod databases;
mod env;
mod external_secret;
mod extras;
mod git_sync;
mod images;
mod ingress;
mod keda;
mod labels;
mod names;
mod needed_secrets;
mod network;
mod page;
mod placement;
mod pod;
mod rbac;
mod secret;
mod secret_manifests;
mod secrets;
mod security;
mod sidecars;
mod storage;
mod webserver_config;
mod yaml_texts;

use super::external::External;
use super::known_secret::KnownSecret;
use crate::values::Values;
use basis::Basis;
use component::{task_pods, workers};
pub use page::Page;
pub use yaml_texts::yaml_value;

/// Derives all facts of this edition from the values.
pub(super) fn model(values: &Values) -> super::Model<'_> {
    let basis = Basis::of(values);
    let known =
        |secret: &secret::Secret| KnownSecret { key: secret.values_key.clone(), is_given: secret.is_given, is_wanted: secret.wanted };
    super::Model {
        edition: values.edition(),
        delivery: values.delivery,
        external: external(&basis),
        secrets: basis.secrets.all().map(known).collect(),
        missing: needed_secrets::missing(&basis),
        placeholders: secret_manifests::placeholders(&basis),
        page: super::Page::Current(Box::new(Page::of(&basis))),
    }
}

/// Whether Redis is among the manifests, and Celery's tasks go through another broker.
#[must_use]
pub fn redis_is_idle(values: &Values) -> bool {
    broker::is_bundled(values) && broker::is_elsewhere(values, &names::Names::for_values(values))
}

/// Whether an autoscaler asks the metadata database, which it does from outside of Airflow's pods.
#[must_use]
pub fn keda_asks(values: &Values) -> bool {
    databases::keda_asks(values)
}

/// The image of Airflow's containers, as they have it.
#[must_use]
pub fn airflow_image(values: &Values) -> (String, String) {
    let image = images::Images::of(values).airflow;
    (image.name, image.tag)
}

/// What the manifests refer to and others provide.
fn external(basis: &Basis<'_>) -> Vec<External> {
    let mut external = needed_secrets::external(basis);
    external.extend(storage::external(basis.values));
    external.extend(component::external(basis));
    external.extend(workers::external(basis));
    external.extend(task_pods::external(basis));
    external.extend(extras::external(basis.values));
    external
}
