//! The StatsD exporter: the ports at which it listens, and how Prometheus finds it.

use indexmap::IndexMap;
use serde::Serialize;

use crate::model::scrape;
use crate::values::Values;

/// What the templates of the exporter see besides its own values.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Exporter {
    args: Vec<String>,
    service_annotations: IndexMap<String, String>,
}

/// Whether Airflow has the exporter to send its metrics to.
pub fn runs(values: &Values) -> bool {
    values.statsd.enabled
}

impl Exporter {
    /// Derives it from the values.
    pub fn of(values: &Values) -> Self {
        let ports = &values.ports;
        Self {
            args: values.statsd.workload.args.iter().flatten().cloned().chain(scrape::arguments(ports)).collect(),
            service_annotations: scrape::annotations(&values.statsd.service.extra_annotations, ports.statsd_scrape),
        }
    }
}
