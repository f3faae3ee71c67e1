//! The StatsD exporter: the ports at which it listens, and how Prometheus finds it.

use indexmap::IndexMap;
use serde::Serialize;

use crate::model::scrape;
use crate::values::Values;

/// The ports at which the exporter listens unless it is told (`prometheus/statsd_exporter`).
const INGEST: u16 = 9125;
const SCRAPE: u16 = 9102;

/// What the templates of the exporter see besides its own values.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Exporter {
    args: Vec<String>,
    service_annotations: IndexMap<String, String>,
}

impl Exporter {
    /// Derives it from the values.
    pub fn of(values: &Values) -> Self {
        let ports = &values.ports;
        let options = [("--statsd.listen-udp", ports.statsd_ingest, INGEST), ("--web.listen-address", ports.statsd_scrape, SCRAPE)];
        let options = options.into_iter().filter(|(_, port, usual)| port != usual).map(|(option, port, _)| format!("{option}=:{port}"));
        Self {
            args: values.statsd.workload.args.iter().flatten().cloned().chain(options).collect(),
            service_annotations: scrape::annotations(&values.statsd.service.extra_annotations, ports.statsd_scrape),
        }
    }
}
