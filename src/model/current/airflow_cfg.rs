//! airflow.cfg of Airflow 2.11 and 3, apart from the user's own options.

use serde_json::Value;

use super::basis::Basis;
use super::component::otel_collector;
use super::{images, kerberos, remote_logs, storage};
use crate::model::airflow_cfg::{self as cfg, Sections};
use crate::values::{Component as _, Options, PortOption, Values};

/// What Airflow needs to run as these manifests have it. What is the same in every set stands in the edition's values.
///
/// Options that the version does not know, or that nobody reads, are left out; Helm's manifests have them all.
fn sections(basis: &Basis<'_>) -> Sections {
    let values = basis.values;
    let on = |value: bool| if value { "True" } else { "False" };
    let celery = basis.is_for_helm() || values.executor.uses_celery();
    let hybrid = basis.is_for_helm() || !basis.is_3() && values.executor.is_hybrid();
    let elasticsearch = basis.is_for_helm() || values.elasticsearch.enabled;
    let with_kerberos = basis.is_for_helm() || values.kerberos.enabled;
    let flower = values.flower.address_path(values).filter(|path| *path != "/").unwrap_or_default();
    let (repository, tag) = (images::airflow_repository(values), images::airflow_tag(values));
    let task_image = basis.images.task_pod_is_said_by_options(values);
    let ticket = &values.kerberos;
    let api_server = format!("{}/execution/", basis.server.known.url);
    let edge = format!("{}/edge_worker/v1/rpcapi", basis.server.known.url);
    // The chart tells nobody of workers at the edge.
    let by_edge = basis.is_3() && values.executor.uses_edge() && (!basis.is_for_helm() || values.workers.edge.enabled(values));
    let cache = kerberos::cache(values);
    let queue_cores = cores(&values.scheduler.workload.resources.0["limits"]["cpu"]).to_string();
    let template = format!("{}/pod_templates/pod_template_file.yaml", basis.names.home);
    let log_id = "{dag_id}-{task_id}-{run_id}-{map_index}-{try_number}";
    let alone = on(basis.is_3() || values.dag_processor.enabled == Some(true));
    let remote = on(values.elasticsearch.enabled || values.opensearch.enabled || values.remote_store().is_some());
    let helm = basis.is_for_helm();
    let search_port = values.opensearch.connection.port().to_string();
    let (otel, spans) = (otel_collector::takes_metrics(values), otel_collector::takes_traces(values));
    let otel_host = if otel { otel_collector::host(basis) } else { String::new() };
    // Before 3.2 Airflow goes by its own options alone, and not by OpenTelemetry's variables.
    let by_variables = values.airflow_version.numbers() >= (3, 2, 0);
    let otel_port = values.ports.otel_collector_otlp_http.to_string();
    let options: [(&str, &str, bool, &str); 37] = [
        ("core", "dags_folder", true, &storage::dags_folder(basis)),
        ("core", "executor", true, &values.executor.to_string()),
        ("core", "execution_api_server_url", basis.is_3() && values.api_server.server.enabled, &api_server),
        ("edge", "api_enabled", by_edge, "True"),
        ("edge", "api_url", by_edge && values.api_server.server.enabled, &edge),
        ("logging", "remote_logging", true, remote),
        ("metrics", "statsd_on", true, on(values.statsd.enabled && !otel)),
        ("metrics", "statsd_host", true, &basis.task_namespaces.host(&basis.names, basis.names.of(values.statsd.name()))),
        ("metrics", "otel_on", helm || otel, on(otel)),
        ("metrics", "otel_host", helm || otel && !by_variables, &otel_host),
        ("metrics", "otel_port", helm || otel && !by_variables, &otel_port),
        ("traces", "otel_on", helm || spans, on(spans)),
        ("traces", "otel_host", !helm && spans && !by_variables, &otel_collector::host(basis)),
        ("traces", "otel_port", !helm && spans && !by_variables, &otel_port),
        ("celery", "flower_url_prefix", celery, flower),
        ("celery", "sync_parallelism", celery, &queue_cores),
        ("celery_kubernetes_executor", "kubernetes_queue", hybrid, "kubernetes"),
        ("scheduler", "standalone_dag_processor", true, alone),
        ("dag_processor", "dag_bundle_config_list", true, &bundles(values)),
        ("webserver", "enable_proxy_fix", true, "True"),
        ("fab", "enable_proxy_fix", true, "True"),
        ("elasticsearch", "json_format", elasticsearch, "True"),
        ("elasticsearch", "log_id_template", elasticsearch, log_id),
        ("elasticsearch_configs", "max_retries", elasticsearch, "3"),
        // The client has had other names for these since its version 8, and Airflow drops what it does not take.
        ("elasticsearch_configs", if helm { "timeout" } else { "request_timeout" }, elasticsearch, "30"),
        ("elasticsearch_configs", if helm { "retry_timeout" } else { "retry_on_timeout" }, elasticsearch, "True"),
        // Airflow does not take it from the address, and does not start without it.
        ("opensearch", "port", !helm && values.opensearch.enabled, &search_port),
        ("triggerer", "queues_enabled", values.triggerer.has_queues(), "True"),
        ("kerberos", "keytab", with_kerberos, &ticket.keytab_path),
        ("kerberos", "reinit_frequency", with_kerberos, &ticket.reinit_frequency.to_string()),
        ("kerberos", "principal", with_kerberos, &ticket.principal),
        ("kerberos", "ccache", with_kerberos, &cache),
        ("kubernetes_executor", "namespace", true, &basis.names.namespace),
        ("kubernetes_executor", "pod_template_file", true, &template),
        ("kubernetes_executor", "worker_container_repository", task_image, repository),
        ("kubernetes_executor", "worker_container_tag", task_image, tag),
        ("kubernetes_executor", "multi_namespace_mode", true, on(values.multi_namespace_mode)),
    ];
    let said = Options::of(values);
    let known = values.airflow_version.known();
    let options = options.into_iter().filter(|(section, option, wanted, _)| *wanted && (helm || known.knows(section, option)));
    // Airflow does not read the name that an option had, if airflow.cfg has the option.
    let options = options.filter(|(section, option, ..)| !said.has_former(section, option));
    let options = options.map(|(section, option, _, value)| (section, option, value.to_owned()));
    let address = basis.server.by_ingress.iter().map(|(option, url)| (option.section, option.name, url.clone()));
    let mut sections = Sections::new();
    for (section, option, value) in options.chain(ports(values)).chain(remote_logs::options(values)).chain(address) {
        // The percent signs in these values are not meant as interpolation.
        sections.entry(section.to_owned()).or_default().insert(option.to_owned(), Some(value.replace('%', "%%")));
    }
    sections
}

/// The ports that Airflow would not take by itself.
fn ports(values: &Values) -> impl Iterator<Item = (&'static str, &'static str, String)> {
    PortOption::of_airflow(values).filter_map(|port| {
        let number = port.of(&values.ports);
        (number != port.usual && port.is_read(values)).then(|| (port.option.section, port.option.name, number.to_string()))
    })
}

/// The options that are the edition's own, as section and name.
pub fn options(basis: &Basis<'_>) -> Vec<(String, String)> {
    cfg::names(&sections(basis))
}

/// The text of airflow.cfg, sections and options in alphabetic order.
pub fn text(basis: &Basis<'_>) -> String {
    let mut sections = cfg::with_own(basis.values, sections(basis));
    sections.values_mut().for_each(indexmap::IndexMap::sort_keys);
    cfg::text(&sections)
}

/// The bundles of DAGs as Airflow reads them: JSON, with keys in alphabetic order.
fn bundles(values: &Values) -> String {
    let bundles = serde_json::to_value(&values.dag_processor.dag_bundle_config_list);
    let mut bundles = bundles.expect("values are plain data");
    bundles.sort_all_objects();
    bundles.to_string()
}

/// The whole cores in an amount of CPU; 0 without an amount, which means all cores to Airflow.
fn cores(amount: &Value) -> u64 {
    let whole = |cores: f64| format!("{:.0}", cores.ceil()).parse().unwrap_or_default();
    match amount {
        Value::Number(number) => number.as_f64().map_or(0, whole),
        Value::String(text) => match text.strip_suffix('m') {
            Some(thousandths) => thousandths.parse::<u64>().map_or(0, |thousandths| thousandths.div_ceil(1000)),
            None => text.parse::<f64>().map_or(0, whole),
        },
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn cores_are_whole_and_zero_stands_for_all() {
        for (amount, expected) in
            [(json!("500m"), 1), (json!("1500m"), 2), (json!("2"), 2), (json!("0.5"), 1), (json!(3), 3), (json!(null), 0), (json!("x"), 0)]
        {
            assert_eq!(cores(&amount), expected, "{amount}");
        }
    }
}
