//! Logs of tasks are to be kept elsewhere, and no store is named that Airflow knows.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::{AirflowOption, Heard, Options};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "O127",
    name: "remote-logs-without-store",
    level: Level::ErrorUnlessForHelm,
    what: "Logs of tasks are to be kept elsewhere, and no store is named that Airflow knows.",
    why: "Airflow ends at its start (`airflow_local_settings.py`: \"Incorrect remote log configuration\"), unless Elasticsearch or \
          OpenSearch keeps the logs.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "config: {logging: {remote_logging: \"True\"}}\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "logs: {remote: {s3: {bucket: airflow-logs}}}\n"),
    },
    check: Check::Values(check),
};

/// What the address of a store begins with.
const STORES: [&str; 7] = ["s3://", "gs://", "wasb", "cloudwatch://", "stackdriver://", "oss://", "hdfs://"];

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let values = subject.values;
    let heard = |section, name| Options::of_each(values, AirflowOption::of(section, name));
    let is_nothing = |section, name| heard(section, name).iter().all(|heard| matches!(heard, Heard::Nothing));
    let logging = ["remote_logging", "remote_base_log_folder"].map(|name| AirflowOption::of("logging", name));
    let mut asking = Options::of_each_together(values, logging);
    asking.retain(|[asked, _]| asked.is_true(false) == Some(true));
    let is_kept = values.elasticsearch.enabled
        || values.opensearch.enabled
        || values.remote_store().is_some()
        || !is_nothing("elasticsearch", "host")
        || !is_nothing("opensearch", "host");
    // A configuration of the user's own knows what it does.
    if is_kept || !is_nothing("logging", "logging_config_class") {
        return;
    }
    let help =
        "set `config.logging.remote_base_log_folder` to an address such as `s3://bucket/logs`, or `logs.remote` in the place of both";
    let mut told = Vec::new();
    for [asked, folder] in &asking {
        let (at, title, label) = match folder {
            Heard::Unknown => continue,
            Heard::Text(text, at) if !text.is_empty() => {
                if STORES.iter().any(|store| text.starts_with(store)) {
                    continue;
                }
                (Some(at), "Airflow knows no store of logs with this address", "it begins with none that it knows")
            }
            _ => (asked.place(), "no store is named for the logs of tasks", "they are to be kept elsewhere"),
        };
        // Several components may hear the same.
        let Some(at) = at.filter(|at| !told.contains(at)) else { continue };
        told.push(at);
        let finding = found.in_value(at.clone(), title, label);
        finding.note("Airflow ends at its start: `Incorrect remote log configuration`").help(help);
    }
}
