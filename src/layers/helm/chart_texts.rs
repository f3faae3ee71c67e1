//! Parts of a values file that come from Helm, not from its user.
//!
//! These are the image of the chart's PostgreSQL, and the official chart's default texts that are Go templates. A full copy of
//! the chart's values file holds such texts. Each stands for the default, whatever it computes, and is recognised by its
//! checksum.

use crate::checksum;
use crate::yaml::{Data, Entry, Node};

/// The beginning of a checksum, and what stands for the text.
type Row = (&'static str, Option<&'static str>);

/// The default texts of the official chart 1.22.0 and older that are Go templates: the first 16 digits of their SHA-256,
/// and what stands for them. `None` takes the key out, so that it has its default here.
static CHART_DEFAULTS: [Row; 45] = [
    ("504b12cbb43c21a6", None),                                   // airflowLocalSettings
    ("9b48413bd49a5a38", None),                                   // kerberos.config
    ("fbd5571ba352919e", Some("exec \\\nairflow celery worker")), // workers.args
    ("80e73e738164c7fd", None),                                   // workers.keda.query
    ("f45a08ded7dac836", Some("{{ .Values.webserver.defaultUser.role }}")),
    ("030e7541c0e48ded", Some("{{ .Values.webserver.defaultUser.username }}")),
    ("6b3e17e422e7cc0c", Some("{{ .Values.webserver.defaultUser.email }}")),
    ("48f9928e4ae797b1", Some("{{ .Values.webserver.defaultUser.firstName }}")),
    ("b74fc212e8ce9889", Some("{{ .Values.webserver.defaultUser.lastName }}")),
    ("0db8ed0c05e9bd75", Some("{{ .Values.webserver.defaultUser.password }}")),
    ("b00ad25508a572b8", None),                          // triggerer.keda.query
    ("28fb6e35fbac8a86", Some("exec airflow db clean")), // databaseCleanup.args
    ("f2a0308313b9aa28", None),                          // config.core.dags_folder
    ("c40d2d24aaea5109", None),                          // config.logging.remote_logging
    ("449e23c38e771c10", None),                          // config.metrics.statsd_on
    ("334fe6e440c6d111", None),                          // config.metrics.statsd_host
    ("51b41d32822264a5", None),                          // config.celery.flower_url_prefix
    ("969519572e118ea5", None),                          // config.celery.sync_parallelism
    ("e994c06b3fdade37", None),                          // config.scheduler.standalone_dag_processor
    ("e88cef906ba908a4", None),                          // config.dag_processor.dag_bundle_config_list
    ("e207b5be7d5555b3", None),                          // config.kubernetes_executor.pod_template_file
    ("d4fe2f084ee04ff0", None),                          // config.kubernetes_executor.worker_container_repository
    ("49eba1755437970f", None),                          // config.kubernetes_executor.worker_container_tag
    ("f45eab296301d8e0", None),                          // config.kubernetes_executor.multi_namespace_mode
    ("fceae0f498a9f648", None),                          // the same, before 1.22
    ("269880bd190fb7bc", None),                          // config.metrics.otel_on
    ("f652a8a1b0c5394f", None),                          // config.metrics.otel_host
    ("9e58dbf47a888dd4", None),                          // config.metrics.otel_port
    ("a2e00b88c10960a5", None),                          // config.traces.otel_on
    ("7f2104562522561e", None),                          // config.kubernetes.multi_namespace_mode
    // Of charts from 1.10 to 1.18.
    ("bbd4748258ac6313", None), // airflowLocalSettings
    ("62d3fd6f14aa58cb", None),
    ("38b2335c82c5df86", None),
    ("5f7b490caf6570b5", None),                                         // kerberos.config
    ("d1f9471ba3d4c05c", Some("exec \\\nairflow celery worker")),       // workers.args
    ("9514d79375979a3c", Some("exec \\\nairflow celery flower")),       // flower.args
    ("eb77ec0e80f9668d", Some("exec \\\nairflow users create \"$@\"")), // createUserJob.args
    ("39d677ea632c5508", Some("exec \\\nairflow db migrate")),          // migrateDatabaseJob.args
    ("d77b8ca859359f8d", Some("exec \\\nairflow db migrate")),          // migrateDatabaseJob.args
    ("7ae7c05de89eee1a", None),                                         // workers.keda.query
    ("feb9d158ea7b4ede", None),
    ("14665a86a5fe1520", None), // config.logging.remote_logging
    ("c71ca86c316e05e5", None), // config.metrics.statsd_host
    ("8512275a67870f99", None), // config.scheduler.standalone_dag_processor
    ("ac6b87c7ed39a97b", None), // config.kubernetes.airflow_configmap
];

/// The image of the chart's own PostgreSQL, which a copy of its values has: repository, and what is in the tag.
const IMAGE: [(&str, &str); 2] = [("bitnami/postgresql", "-debian-"), ("bitnamilegacy/postgresql", "-debian-")];

/// Removes Bitnami's image of PostgreSQL, since gen brings another one. The result is its entry, unless it is the chart's own.
pub fn drop_chart_image(values: &mut Node) -> Option<Entry> {
    let Data::Map(entries) = &mut values.data else { return None };
    let Data::Map(keys) = &mut entries.get_mut("postgresql")?.value.data else { return None };
    let image = &keys.get("image")?.value;
    let (repository, tag) = (image.text(&["repository"])?, image.text(&["tag"]));
    let is_of = |known: &str| repository == known || repository.strip_suffix(known).is_some_and(|host| host.ends_with('/'));
    if !IMAGE.iter().any(|(known, _)| is_of(known)) {
        return None;
    }
    let is_charts = IMAGE.iter().any(|(known, of_chart)| repository == *known && tag.is_some_and(|tag| tag.contains(of_chart)));
    keys.shift_remove("image").filter(|_| !is_charts)
}

/// Replaces the chart's own default texts by what they stand for.
pub fn drop_chart_texts(node: &mut Node) {
    match &mut node.data {
        Data::Map(entries) => {
            entries.retain(|_, entry| chart_default(&entry.value).is_none_or(|(_, instead)| instead.is_some()));
            entries.values_mut().for_each(|entry| drop_chart_texts(&mut entry.value));
        }
        Data::List(items) => items.iter_mut().for_each(drop_chart_texts),
        Data::String(_) => {
            if let Some((_, Some(text))) = chart_default(node) {
                node.data = Data::String((*text).to_owned());
            }
        }
        _ => {}
    }
}

/// The row of a default text of the chart, if it is one.
fn chart_default(node: &Node) -> Option<&'static Row> {
    let text = node.as_str().filter(|text| text.contains("{{"))?;
    let digest = checksum::of_bytes(text.as_bytes());
    // A block of a values file ends with a line break where the chart's own does not.
    let tidy = checksum::of_bytes(text.trim_end().as_bytes());
    CHART_DEFAULTS.iter().find(|(known, _)| digest.starts_with(known) || tidy.starts_with(known))
}
