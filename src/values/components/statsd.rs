//! The StatsD exporter.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::values::{
    Annotations, Component, Door, Duration, Endpoint, Eviction, Exposure, ImageKeys, Monitored, NetworkPolicyPeer, Port, Purpose,
    ServiceMonitor, ServiceType, Values, Workload,
};

/// The StatsD exporter, which exports Airflow's metrics to Prometheus.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Statsd {
    /// Whether it runs; without it Airflow sends no metrics. Default: `true`.
    pub enabled: bool,
    /// The numeric ID of the user that it runs as; with `null`, its pods do not say it. Default: 65534.
    pub uid: Option<u32>,
    /// Its cache. It has no effect if you give `args`.
    pub cache: StatsdCache,
    /// The Service in front of it.
    pub service: StatsdService,
    /// What the Prometheus Operator is told of the metrics.
    pub service_monitor: ServiceMonitor,
    /// More mappings of metrics to labels, after those of the official chart, which have precedence. Default: none.
    pub extra_mappings: Vec<Map<String, Value>>,
    /// Mappings of metrics to labels, instead of the default ones. Default: none.
    pub override_mappings: Vec<Map<String, Value>>,
    /// Annotations of the config map with the mappings. Default: none.
    pub config_map_annotations: Annotations,
    /// More peers that may read the metrics, where `networkPolicies.enabled` asks for policies. Default: none.
    pub extra_network_policies: Vec<NetworkPolicyPeer>,
    /// What every workload has.
    #[serde(flatten)]
    pub workload: Workload,
}

/// The cache of the StatsD exporter.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct StatsdCache {
    /// How many metric mappings are cached. Default: 1000.
    pub size: u32,
    /// Which mappings are evicted first: `lru` or `random`. Default: `lru`.
    #[serde(rename = "type")]
    pub kind: Eviction,
    /// How long a metric is kept without updates, such as `5m`; `0s` means for ever. Default: `0s`.
    pub ttl: Duration,
}

/// The Service in front of the StatsD exporter.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct StatsdService {
    /// More annotations of the Service, besides those for Prometheus. Default: none.
    pub extra_annotations: Annotations,
}

impl Component for Statsd {
    fn workload(&self) -> Option<&Workload> {
        Some(&self.workload)
    }

    fn name(&self) -> &'static str {
        "statsd"
    }

    fn enabled(&self, _: &Values) -> bool {
        self.enabled
    }

    fn image<'v>(&'v self, values: &'v Values) -> ImageKeys<'v> {
        ImageKeys::Own(&values.images.statsd)
    }

    fn ingress<'v>(&'v self, values: &'v Values) -> Option<Exposure<'v>> {
        Some(Exposure {
            keys: &values.ingress.statsd,
            route: None,
            path_key: "ingress.statsd.path",
            by_general_key: false,
            object_name: "statsd-ingress",
            label: "statsd-ingress",
            port: "statsd-scrape",
            number: values.ports.statsd_scrape,
        })
    }

    fn serves(&self, values: &Values) -> Vec<Endpoint> {
        let ports = vec![Port::Udp(values.ports.statsd_ingest), Port::Tcp(values.ports.statsd_scrape)];
        vec![Endpoint { purpose: Purpose::Metrics, ports }]
    }

    fn door(&self) -> Option<Door<'_>> {
        Some(Door { key: "extraNetworkPolicies", peers: &self.extra_network_policies, ports: &[], service: ServiceType::ClusterIP })
    }

    fn monitored(&self) -> Option<Monitored<'_>> {
        Some(Monitored { keys: &self.service_monitor, port: "statsd-scrape" })
    }

    fn user(&self) -> Option<u32> {
        self.uid
    }
}
