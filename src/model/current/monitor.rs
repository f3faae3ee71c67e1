//! What the Prometheus Operator is told of a component's metrics.

use serde::Serialize;
use serde_json::{Map, Value};

use super::basis::Basis;
use crate::model::labels::Labels;
use crate::values::{Annotations, Component, Monitored};

/// What a component has for the Prometheus Operator.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Monitor<'v> {
    /// Whether it is among the manifests.
    make: bool,
    namespace: Option<String>,
    labels: Labels,
    annotations: &'v Annotations,
    job_label: Option<&'v str>,
    /// Where its Service is, if not beside it.
    namespace_selector: Option<NamespaceSelector>,
    endpoint: Endpoint<'v>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NamespaceSelector {
    match_names: [String; 1],
}

/// What is read (Prometheus Operator: `Endpoint`).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Endpoint<'v> {
    port: &'static str,
    path: &'v str,
    interval: Option<&'v str>,
    scrape_timeout: Option<&'v str>,
    honor_labels: Option<bool>,
    relabelings: &'v [Map<String, Value>],
    metric_relabelings: &'v [Map<String, Value>],
}

impl<'v> Monitor<'v> {
    /// What a component has for it, if it serves metrics.
    pub fn of(basis: &Basis<'v>, component: &'v dyn Component) -> Option<Self> {
        let Monitored { keys, port } = component.monitored()?;
        let mut labels = basis.labelling.of_objects(component);
        labels.extend(keys.labels.0.iter().map(|(key, value)| (key.clone(), value.clone())));
        let elsewhere = keys.namespace.as_deref().filter(|namespace| *namespace != basis.names.namespace);
        Some(Self {
            make: keys.enabled,
            namespace: elsewhere.or(basis.namespace()).map(str::to_owned),
            labels,
            annotations: &keys.annotations,
            job_label: keys.job_label.as_deref(),
            namespace_selector: elsewhere.map(|_| NamespaceSelector { match_names: [basis.names.namespace.clone()] }),
            endpoint: Endpoint {
                port,
                path: keys.path.as_deref().unwrap_or("/metrics"),
                interval: keys.interval.as_deref(),
                scrape_timeout: keys.scrape_timeout.as_deref(),
                honor_labels: keys.honor_labels,
                relabelings: &keys.relabelings,
                metric_relabelings: &keys.metric_relabelings,
            },
        })
    }
}
