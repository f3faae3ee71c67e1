//! An option says where logs of tasks are kept, and so does `logs.remote`.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::Said;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "O115",
    name: "remote-logs-said-twice",
    level: Level::Error,
    what: "An option says where logs of tasks are kept, and so does `logs.remote`.",
    why: "Airflow goes by the option, and a part of the key has no effect.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "logs: {remote: {s3: {bucket: airflow-logs}}}\n",
            "config: {logging: {remote_base_log_folder: \"s3://others\"}}\n"
        ),
        instead: concat!("airflowVersion: 3.2.0\n", "logs: {remote: {s3: {bucket: airflow-logs}}}\n"),
    },
    check: Check::Values(check),
};

/// The options that the key says.
const OPTIONS: [(&str, &str); 7] = [
    ("logging", "remote_logging"),
    ("logging", "remote_base_log_folder"),
    ("logging", "remote_log_conn_id"),
    ("logging", "encrypt_s3_logs"),
    ("logging", "google_key_path"),
    ("logging", "delete_local_logs"),
    ("azure_remote_logging", "remote_wasb_log_container"),
];

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let values = subject.values;
    if values.logs.remote.is_none() {
        return;
    }
    let airflow = values.airflow_version.known();
    let names: Vec<(&str, &str)> =
        OPTIONS.into_iter().flat_map(|(section, name)| std::iter::once((section, name)).chain(airflow.former(section, name))).collect();
    for said in Said::all(values).into_iter().filter(|said| names.contains(&(&*said.section, &*said.name))) {
        let title = format!("both `{}` and `logs.remote` say where logs of tasks are kept", said.at);
        found.in_value(said.at, title, "Airflow goes by this one").drop_one();
    }
}
