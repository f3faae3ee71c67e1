//! What templates and the page of objects place or test as it is: the last decisions, so that neither has any.

use serde_json::{Map, Value, json};

use crate::model::scrape;
use crate::values::Values;

/// The ports at which the exporter listens unless it is told (`prometheus/statsd_exporter`).
const INGEST: u16 = 9125;
const SCRAPE: u16 = 9102;

/// Extends the facts.
pub fn extend(facts: &mut Map<String, Value>, values: &Values) {
    for (key, component) in super::components(values) {
        facts[key]["enabled"] = component.enabled(values).into();
    }
    for place in ["dags", "logs"] {
        facts[place]["hasVolume"] = (!facts[place]["volume"].is_null()).into();
        facts[place]["hasClaim"] = (!facts[place]["claim"].is_null()).into();
    }
    facts["configMap"]["hasLocalSettings"] = facts["configMap"]["data"].get("airflow_local_settings.py").is_some().into();
    let webserver = &mut facts["webserver"];
    if webserver["strategy"].as_object().is_none_or(Map::is_empty) {
        webserver["strategy"] = json!({"type": "RollingUpdate", "rollingUpdate": {"maxUnavailable": 1}});
    }
    let port = values.ports.airflow_ui;
    let given = webserver["service"]["ports"].clone();
    let otherwise = json!([{"name": "airflow-ui", "protocol": "TCP", "port": port, "targetPort": port}]);
    webserver["servicePorts"] = if given.as_array().is_none_or(Vec::is_empty) { otherwise } else { given };
    let statsd = &mut facts["statsd"];
    let ports = [("--statsd.listen-udp", values.ports.statsd_ingest, INGEST), ("--web.listen-address", values.ports.statsd_scrape, SCRAPE)];
    let ports = ports.into_iter().filter(|(_, port, usual)| port != usual).map(|(option, port, _)| json!(format!("{option}=:{port}")));
    let given = statsd["args"].as_array().cloned().unwrap_or_default();
    statsd["args"] = given.into_iter().chain(ports).collect();
    statsd["serviceAnnotations"] = json!(scrape::annotations(&values.statsd.service.extra_annotations, values.ports.statsd_scrape));
}
