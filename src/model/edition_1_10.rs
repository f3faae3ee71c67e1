//! The facts of edition 1.10: the stack of the article.

mod airflow_cfg;
mod checksums;
mod component;
mod env;
mod exporter;
mod facts;
mod git_sync;
mod image;
mod labels;
mod missing;
pub(crate) mod name;
mod page;
mod secrets;
mod storage;

use super::airflow_cfg as cfg;
use super::known::{AirflowImage, Known, KnownKeda};
use crate::values::Values;
use facts::Facts;
pub use page::Page;

/// What templates see of these values, and what checks know.
pub(super) fn derived(values: &Values) -> (Page<'_>, Known) {
    let facts = Facts::of(values);
    let accounts = component::active(values).filter_map(|component| component::external(&facts.names, component));
    let airflow = &facts.images.airflow;
    let known = Known {
        namespace: Some(facts.namespace.clone()),
        external: facts.external(values).into_iter().chain(accounts).collect(),
        secrets: Vec::new(),
        missing: missing::missing(values, &facts),
        placeholders: missing::placeholders(values, &facts),
        options: cfg::names(&airflow_cfg::sections(values, &facts)),
        // A rule of its own knows them.
        variables: Vec::new(),
        airflow_image: AirflowImage { name: airflow.name.clone(), tag: airflow.tag.clone() },
        redis_is_idle: false,
        keda: KnownKeda::default(),
        pool_has_logins: true,
        launchers: Vec::new(),
        task_namespaces: Vec::new(),
        has_statsd: exporter::runs(values),
        server: None,
    };
    (Page::of(values, facts), known)
}
