//! The facts of the edition for Airflow 2.11 and 3: what the official chart renders, from the same values.

mod account;
mod airflow_cfg;
mod basis;
mod broker;
mod callers;
mod checksums;
mod component;
mod database_proxy;
mod databases;
mod entrance;
mod env;
mod external_secret;
mod extras;
mod git_sync;
mod handover;
mod hosts;
mod http_route;
mod images;
mod ingress;
mod jwt_key;
mod keda;
mod kerberos;
mod labels;
mod log_store;
mod monitor;
mod names;
mod namespaces;
mod needed_secrets;
mod network;
mod page;
mod peer;
mod placement;
mod pod;
mod pool;
mod rbac;
mod remote_logs;
mod secret;
mod secret_manifests;
mod secrets;
mod security;
mod server;
mod sidecars;
mod storage;
mod task_peers;
mod webserver_config;

use super::external::External;
use super::known::{AirflowImage, Known, KnownKeda, KnownSecret};
use crate::values::Values;
use basis::Basis;
use component::{import_job, task_pods, workers};
pub use page::Page;

/// What templates see of these values, and what checks know.
pub(super) fn derived(values: &Values) -> (Page<'_>, Known) {
    let basis = Basis::of(values);
    let known =
        |secret: &secret::Secret| KnownSecret { key: secret.values_key.clone(), is_given: secret.is_given, is_wanted: secret.wanted };
    let airflow = &basis.images.airflow;
    let known = Known {
        namespace: basis.namespace().map(str::to_owned),
        external: external(&basis),
        secrets: basis.secrets.all().map(known).collect(),
        missing: needed_secrets::missing(&basis),
        // A Secret with one is not among the manifests.
        placeholders: Vec::new(),
        options: airflow_cfg::options(&basis),
        variables: env::names(&basis),
        airflow_image: AirflowImage { name: airflow.name.clone(), tag: airflow.tag.clone() },
        redis_is_idle: broker::is_bundled(values) && broker::is_elsewhere(values, &basis.names),
        keda: KnownKeda {
            asks: databases::keda_asks(values),
            asks_itself: databases::keda_asks_itself(values),
            asks_as_airflow: databases::keda_asks_as_airflow(values),
        },
        pool_has_logins: component::pgbouncer::has_logins(&basis),
        launchers: rbac::launchers(&basis),
        task_namespaces: basis.task_namespaces.others.clone(),
        has_statsd: component::statsd::runs(values) && !component::otel_collector::takes_metrics(values),
        server: Some(basis.server.known.clone()),
    };
    (Page::of(&basis), known)
}

/// Objects that the manifests refer to and that others provide.
fn external(basis: &Basis<'_>) -> Vec<External> {
    let mut external = needed_secrets::external(basis);
    external.extend(storage::external(basis.values));
    external.extend(component::external(basis));
    external.extend(workers::external(basis));
    external.extend(task_pods::external(basis));
    external.extend(extras::external(basis.values));
    external.extend(ingress::external(basis.values));
    external.extend(remote_logs::external(basis.values));
    external.extend(jwt_key::external(basis));
    external.extend(import_job::external(basis));
    external
}
