//! The OpenTelemetry collector.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{
    Annotations, Component, Door, Endpoint, ImageKeys, NetworkPolicyPeer, Port, Probe, Purpose, ServiceType, Values, Workload,
};

/// The OpenTelemetry collector, to which Airflow sends traces or metrics. It runs if one of the two is on.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct OtelCollector {
    /// Whether Airflow sends traces to it (Airflow: `[traces] otel_on`). Default: `false`.
    pub traces_enabled: bool,
    /// Whether Airflow sends its metrics to it, and none to StatsD (Airflow: `[metrics] otel_on`). Default: `false`.
    pub metrics_enabled: bool,
    /// Milliseconds between two exports of metrics (OpenTelemetry: `OTEL_METRIC_EXPORT_INTERVAL`). Default: 30000.
    #[schemars(range(min = 1))]
    pub metric_export_interval_ms: u32,
    /// The collector's own configuration, as YAML. Default: it takes what Airflow sends, and logs that it came.
    pub config: Option<String>,
    /// The Service in front of it.
    pub service: OtelCollectorService,
    /// How the kubelet checks that it is alive, at the port 13133 of its extension `health_check`.
    pub liveness_probe: Probe,
    /// How the kubelet checks that it can take something, at the same port.
    pub readiness_probe: Probe,
    /// More peers that may send to it, where `networkPolicies.enabled` asks for policies. Default: none.
    pub extra_network_policies: Vec<NetworkPolicyPeer>,
    /// What every workload has.
    #[serde(flatten)]
    pub workload: Workload,
}

/// The Service in front of the OpenTelemetry collector.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct OtelCollectorService {
    /// Annotations of the Service. Default: none.
    pub annotations: Annotations,
}

impl Component for OtelCollector {
    fn workload(&self) -> Option<&Workload> {
        Some(&self.workload)
    }

    fn name(&self) -> &'static str {
        "otel-collector"
    }

    fn enabled(&self, _: &Values) -> bool {
        self.traces_enabled || self.metrics_enabled
    }

    fn image<'v>(&'v self, values: &'v Values) -> ImageKeys<'v> {
        ImageKeys::Own(&values.images.otel_collector)
    }

    fn serves(&self, values: &Values) -> Vec<Endpoint> {
        let ports = vec![Port::Tcp(values.ports.otel_collector_otlp_http), Port::Tcp(values.ports.otel_collector_otlp_grpc)];
        vec![Endpoint { purpose: Purpose::Metrics, ports }]
    }

    fn door(&self) -> Option<Door<'_>> {
        Some(Door { key: "extraNetworkPolicies", peers: &self.extra_network_policies, ports: &[], service: ServiceType::ClusterIP })
    }
}
