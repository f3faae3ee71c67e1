//! How the StatsD exporter makes labels of the parts of Airflow's metrics.

use serde_json::{Value, json};

use super::Basis;
use crate::yaml::{self, Data, Node};

/// The usual mappings: those of the official chart, and with its notice, since they are its own.
const USUAL: &str = include_str!("statsd_mappings.yml");

/// The text of `mappings.yml`, and the config map that holds it.
pub fn facts(basis: &Basis<'_>) -> Value {
    let keys = &basis.values.statsd;
    let text = if keys.override_mappings.is_empty() {
        let mut text = USUAL.trim_end().to_owned();
        if !keys.extra_mappings.is_empty() {
            text.push_str("\n\n");
            text.push_str(&list(&keys.extra_mappings));
        }
        text
    } else {
        format!("mappings:\n{}", list(&keys.override_mappings))
    };
    json!({
        "labels": basis.labelling.of("config"),
        "annotations": keys.config_map_annotations,
        "text": format!("{text}\n\ndefaults:\n  ttl: {}", &*keys.cache.ttl),
        "args": args(basis),
    })
}

/// Mappings as YAML, indented as the usual ones are.
fn list(mappings: &[serde_json::Map<String, Value>]) -> String {
    let node = yaml::read(&json!(mappings).to_string(), 0).ok().and_then(|documents| documents.into_iter().next());
    let text = yaml::write(&node.unwrap_or_else(|| Node::new(Data::List(Vec::new()))));
    text.trim_end().lines().map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n")
}

/// The arguments of the exporter: those of the cache, and the mapping's; or the user's own.
fn args(basis: &Basis<'_>) -> Option<Vec<String>> {
    let keys = &basis.values.statsd;
    let given = keys.workload.args.clone()?;
    if given != ["--statsd.mapping-config=/etc/statsd-exporter/mappings.yml"] {
        return Some(given);
    }
    let cache = [format!("--statsd.cache-size={}", keys.cache.size), format!("--statsd.cache-type={}", &*keys.cache.kind)];
    Some(cache.into_iter().chain(given).collect())
}
