//! What the Prometheus Operator is told of a component's metrics.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::values::{Annotations, DnsLabel, Labels, Line, Optional, ScrapeDuration};

/// By which Prometheus finds and reads the metrics (Prometheus Operator: `ServiceMonitor`). The chart does not have this key.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct ServiceMonitor {
    /// Whether it is created. Default: `false`.
    pub enabled: bool,
    /// Its namespace, if Prometheus looks for it elsewhere. Default: the release's.
    pub namespace: Optional<DnsLabel>,
    /// Labels of it, by which Prometheus selects it, such as `release: prometheus`. Default: none.
    pub labels: Labels,
    /// Annotations of it. Default: none.
    pub annotations: Annotations,
    /// The label of the Service whose value becomes the label `job` of the metrics. Default: the Service's name becomes it.
    pub job_label: Optional<Line>,
    /// The path of the metrics. Default: `/metrics`.
    pub path: Optional<Line>,
    /// How often they are read, such as `30s`. Default: Prometheus' own.
    pub interval: Optional<ScrapeDuration>,
    /// How long a reading may take, which is no longer than `interval`. Default: Prometheus' own.
    pub scrape_timeout: Optional<ScrapeDuration>,
    /// Whether labels of the metrics have precedence over those that Prometheus gives. Default: `false`.
    pub honor_labels: Option<bool>,
    /// Changes of labels before the reading (Prometheus: `relabel_config`). Default: none.
    pub relabelings: Vec<Map<String, Value>>,
    /// Changes of labels after the reading (Prometheus: `metric_relabel_configs`). Default: none.
    pub metric_relabelings: Vec<Map<String, Value>>,
}

/// What a component has for Prometheus.
#[derive(Clone, Copy, Debug)]
pub struct Monitored<'v> {
    /// What the user says of it.
    pub keys: &'v ServiceMonitor,
    /// The name of its Service's port that serves the metrics.
    pub port: &'static str,
}
