//! The StatsD exporter.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::values::{
    Admission, Annotations, Caller, Component, Duration, Eviction, Exposure, Image, NetworkPolicyPeer, Port, Values, Workload,
};

/// The StatsD exporter, which takes Airflow's metrics and shows them to Prometheus.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Statsd {
    /// Whether it runs; without it Airflow sends no metrics. Default: `true`.
    pub enabled: bool,
    /// The numeric user that it runs as. Default: 65534.
    pub uid: u32,
    /// What it keeps in memory. Has no effect with `args` of your own.
    pub cache: StatsdCache,
    /// The Service in front of it.
    pub service: StatsdService,
    /// Mappings of metrics to labels besides the usual ones, which have precedence. Default: none.
    pub extra_mappings: Vec<Map<String, Value>>,
    /// Mappings of metrics to labels in the place of the usual ones. Default: none.
    pub override_mappings: Vec<Map<String, Value>>,
    /// Annotations of the config map with the mappings. Default: none.
    pub config_map_annotations: Annotations,
    /// Who else may read the metrics, where `networkPolicies.enabled` asks for policies. Default: nobody.
    pub extra_network_policies: Vec<NetworkPolicyPeer>,
    /// Where and with what the pods run.
    #[serde(flatten)]
    pub workload: Workload,
}

/// What the StatsD exporter keeps in memory.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct StatsdCache {
    /// How many mappings of metrics are remembered. Default: 1000.
    pub size: u32,
    /// Which are forgotten first, `lru` or `random`. Default: `lru`.
    #[serde(rename = "type")]
    pub kind: Eviction,
    /// After what time without news a metric is dropped, such as `5m`; `0s` stands for never. Default: `0s`.
    pub ttl: Duration,
}

/// The Service in front of the StatsD exporter.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct StatsdService {
    /// Annotations besides those by which Prometheus finds it. Default: none.
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

    fn image<'v>(&'v self, values: &'v Values) -> Option<&'v Image> {
        Some(&values.images.statsd)
    }

    fn ingress<'v>(&'v self, values: &'v Values) -> Option<Exposure<'v>> {
        Some(Exposure {
            keys: &values.ingress.statsd,
            by_general_key: false,
            object_name: "statsd-ingress",
            label: "statsd-ingress",
            port: "statsd-scrape",
        })
    }

    fn admits<'v>(&'v self, values: &'v Values) -> Admission<'v> {
        let callers = std::iter::once(Caller::Release).chain(self.extra_network_policies.iter().map(Caller::Peer)).collect();
        Admission { callers, ports: vec![Port::Udp(values.ports.statsd_ingest), Port::Tcp(values.ports.statsd_scrape)] }
    }

    fn user(&self) -> Option<u32> {
        Some(self.uid)
    }
}
