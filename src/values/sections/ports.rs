//! The ports that the components listen on.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Ports that the components listen on; once the values are typed, those that Airflow's options say among them.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Ports {
    /// Flower's port. Default: 5555.
    #[serde(rename = "flowerUI")]
    #[schemars(range(min = 1, max = 65535))]
    pub flower_ui: u16,
    /// The webserver's port. Default: 8080.
    #[serde(rename = "airflowUI")]
    #[schemars(range(min = 1, max = 65535))]
    pub airflow_ui: u16,
    /// The API server's port. Default: 8080.
    #[schemars(range(min = 1, max = 65535))]
    pub api_server: u16,
    /// The port on which workers serve task logs. Default: 8793.
    #[schemars(range(min = 1, max = 65535))]
    pub worker_logs: u16,
    /// The port on which triggerers serve their logs. Default: 8794.
    #[schemars(range(min = 1, max = 65535))]
    pub triggerer_logs: u16,
    /// Redis' port. Default: 6379.
    #[serde(rename = "redisDB")]
    #[schemars(range(min = 1, max = 65535))]
    pub redis_db: u16,
    /// The UDP port on which the StatsD exporter receives metrics. Default: 9125.
    #[schemars(range(min = 1, max = 65535))]
    pub statsd_ingest: u16,
    /// The port on which the StatsD exporter serves metrics to Prometheus. Default: 9102.
    #[schemars(range(min = 1, max = 65535))]
    pub statsd_scrape: u16,
    /// The port on which the OpenTelemetry collector takes OTLP over gRPC. Default: 4317. The chart has it since 1.22.
    #[schemars(range(min = 1, max = 65535))]
    pub otel_collector_otlp_grpc: u16,
    /// The port on which the OpenTelemetry collector takes OTLP over HTTP, by which Airflow sends. Default: 4318. The chart has it
    /// since 1.22.
    #[schemars(range(min = 1, max = 65535))]
    pub otel_collector_otlp_http: u16,
    /// PgBouncer's port. Default: 6543.
    #[schemars(range(min = 1, max = 65535))]
    pub pgbouncer: u16,
    /// The port on which PgBouncer's metrics are served. Default: 9127.
    #[schemars(range(min = 1, max = 65535))]
    pub pgbouncer_scrape: u16,
}
