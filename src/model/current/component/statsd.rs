//! How the StatsD exporter makes labels of the parts of Airflow's metrics.

use indexmap::IndexMap;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::model::current::basis::Basis;
use crate::model::labels::Labels;
use crate::model::scrape;
use crate::values::{Ports, Statsd, Values};
use crate::yaml::{self, Data, Node};

/// The usual mappings: those of the official chart, and with its notice, since they are its own.
const USUAL: &str = include_str!("statsd_mappings.yml");
/// Mappings for what else Airflow sends. They stand last, so that they take nothing from the others.
const MORE: &str = include_str!("statsd_mappings_more.yml");

/// What the templates of the exporter see besides its own values.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Exporter {
    args: Option<Vec<String>>,
    config_map_labels: Labels,
    /// The text of `mappings.yml`.
    mappings: String,
    service_annotations: IndexMap<String, String>,
}

impl Exporter {
    /// Derives it from the values.
    pub fn of(basis: &Basis<'_>) -> Self {
        let keys = &basis.values.statsd;
        Self {
            args: args(keys, &basis.values.ports),
            config_map_labels: basis.labelling.of("config"),
            mappings: format!("{}\n\ndefaults:\n  ttl: {}", mappings(basis), &*keys.cache.ttl),
            service_annotations: scrape::annotations(&keys.service.extra_annotations, basis.values.ports.statsd_scrape),
        }
    }
}

/// Whether Airflow has the exporter to send its metrics to.
pub fn runs(values: &Values) -> bool {
    values.statsd.enabled
}

/// The usual mappings, the user's, and those for what else Airflow sends; or the user's alone.
fn mappings(basis: &Basis<'_>) -> String {
    let keys = &basis.values.statsd;
    if !keys.override_mappings.is_empty() {
        return format!("mappings:\n{}", list(&keys.override_mappings));
    }
    let extra = (!keys.extra_mappings.is_empty()).then(|| list(&keys.extra_mappings));
    let more = (!basis.is_for_helm()).then(|| MORE.trim_end().to_owned());
    [Some(USUAL.trim_end().to_owned()), extra, more].into_iter().flatten().collect::<Vec<_>>().join("\n\n")
}

/// Mappings as YAML, indented as the usual ones are.
fn list(mappings: &[Map<String, Value>]) -> String {
    let node =
        serde_json::to_string(mappings).ok().and_then(|text| yaml::read(&text, 0).ok()).and_then(|documents| documents.into_iter().next());
    let text = yaml::write(&node.unwrap_or_else(|| Node::new(Data::List(Vec::new()))));
    text.trim_end().lines().map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n")
}

/// The arguments of the exporter: those of the cache, the mapping's, and those of its ports; or the user's own.
fn args(keys: &Statsd, ports: &Ports) -> Option<Vec<String>> {
    let given = keys.workload.args.clone()?;
    if given != ["--statsd.mapping-config=/etc/statsd-exporter/mappings.yml"] {
        return Some(given);
    }
    let cache = [format!("--statsd.cache-size={}", keys.cache.size), format!("--statsd.cache-type={}", &*keys.cache.kind)];
    Some(cache.into_iter().chain(given).chain(scrape::arguments(ports)).collect())
}
