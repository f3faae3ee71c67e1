//! How Airflow and the OpenTelemetry collector find each other.

use serde::Serialize;

use crate::checksum;
use crate::model::current::basis::Basis;
use crate::model::current::security::{self, Security};
use crate::model::labels::Labels;
use crate::model::variable::{Env, plain};
use crate::values::{Component as _, Values};

/// What the templates of the collector see besides its own values.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Collector<'v> {
    config_map_labels: Labels,
    /// The text of `config.yml`.
    config: String,
    checksum: String,
    /// Of its container: the chart restricts nothing.
    security_context: Security<'v>,
}

/// The configuration where the user gives none, around the addresses: everything that comes is logged.
const USUAL: [&str; 3] = [
    "extensions:\n  health_check:\n    endpoint: 0.0.0.0:13133\n\nreceivers:\n  otlp:\n    protocols:\n      grpc:\n        endpoint: 0.0.0.0:",
    "\n      http:\n        endpoint: 0.0.0.0:",
    "\n\nprocessors:\n  batch: {}\n\nexporters:\n  logging:\n    verbosity: basic\n\nservice:\n  extensions: [health_check]\n  pipelines:\n    \
     traces:\n      receivers: [otlp]\n      processors: [batch]\n      exporters: [logging]\n    metrics:\n      receivers: [otlp]\n      \
     processors: [batch]\n      exporters: [logging]\n",
];

impl<'v> Collector<'v> {
    /// Derives it from the values.
    pub fn of(basis: &Basis<'v>) -> Self {
        let values = basis.values;
        let own = values.otel_collector.config.clone().filter(|text| !text.is_empty());
        let [before, between, after] = USUAL;
        let (grpc, http) = (values.ports.otel_collector_otlp_grpc, values.ports.otel_collector_otlp_http);
        let config = own.unwrap_or_else(|| format!("{before}{grpc}{between}{http}{after}"));
        let security = &values.otel_collector.workload.security_contexts.container;
        Self {
            config_map_labels: basis.labelling.of("config"),
            checksum: checksum::of([("config.yml", config.as_str())]),
            config,
            security_context: if basis.is_for_helm() { Security::Given(&security.0) } else { security::of_foreign_container(security) },
        }
    }
}

/// The collector's host, as all of Airflow finds it.
pub fn host(basis: &Basis<'_>) -> String {
    basis.task_namespaces.host(&basis.names, basis.names.of(basis.values.otel_collector.name()))
}

/// Whether Airflow sends metrics to it.
pub fn takes_metrics(values: &Values) -> bool {
    values.otel_collector.metrics_enabled
}

/// Whether Airflow sends traces to it.
pub fn takes_traces(values: &Values) -> bool {
    values.otel_collector.traces_enabled
}

/// The variables by which OpenTelemetry's own library in every container of Airflow finds it (OpenTelemetry: `OTEL_...`).
pub fn variables<'v>(basis: &Basis<'v>) -> Env<'v> {
    let values = basis.values;
    let keys = &values.otel_collector;
    let endpoint = |of: &str| format!("http://{}:{}/v1/{of}", host(basis), values.ports.otel_collector_otlp_http);
    // Airflow picks the exporter by its name alone since 3.2, and `otlp` is the one that speaks gRPC.
    let exporter = if basis.is_for_helm() { "otlp" } else { "otlp_proto_http" };
    let all = [
        (keys.enabled(values), "OTEL_SERVICE_NAME", "airflow".to_owned()),
        (keys.enabled(values), "OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf".to_owned()),
        (keys.traces_enabled, "OTEL_TRACES_EXPORTER", exporter.to_owned()),
        (keys.traces_enabled, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", endpoint("traces")),
        (keys.metrics_enabled, "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", endpoint("metrics")),
        (keys.metrics_enabled, "OTEL_METRIC_EXPORT_INTERVAL", keys.metric_export_interval_ms.to_string()),
    ];
    all.into_iter().filter(|(wanted, ..)| *wanted).map(|(_, name, value)| plain(name, value)).collect()
}
