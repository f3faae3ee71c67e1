//! The StatsD exporter.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Annotations, Component, Resources, Workload};

/// The StatsD exporter, which takes Airflow's metrics and shows them to Prometheus.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Statsd {
    /// Whether it runs; without it Airflow sends no metrics. Default: `true`.
    pub enabled: bool,
    /// The arguments of the exporter. Default of edition 1.10: the mapping that is in its image.
    pub args: Vec<String>,
    /// Resources of the container. Default: none said.
    pub resources: Resources,
    /// The Service in front of it.
    pub service: StatsdService,
    /// Where and with what the pods run.
    #[serde(flatten)]
    pub workload: Workload,
}

impl Default for Statsd {
    fn default() -> Self {
        Self {
            enabled: true,
            args: Vec::new(),
            resources: Resources::default(),
            service: StatsdService::default(),
            workload: Workload::default(),
        }
    }
}

/// The Service in front of the StatsD exporter.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct StatsdService {
    /// Annotations besides those by which Prometheus finds it. Default: none.
    pub extra_annotations: Annotations,
}

impl Component for Statsd {
    fn name(&self) -> &'static str {
        "statsd"
    }

    fn values(&self) -> Value {
        super::component::as_template_sees(self)
    }

    fn enabled(&self) -> bool {
        self.enabled
    }

    fn workload(&self) -> Option<&Workload> {
        Some(&self.workload)
    }
}
