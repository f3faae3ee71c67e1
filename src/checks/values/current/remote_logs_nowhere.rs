//! Logs of tasks are to be kept in a bucket, and no bucket is given.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "O113",
    name: "remote-logs-nowhere",
    level: Level::Error,
    what: "Logs of tasks are to be kept in a bucket, and no bucket is given.",
    why: "Each cloud has keys of its own, and those of one have to be given.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "logs: {remote: {deleteLocalLogs: true}}\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "logs: {remote: {deleteLocalLogs: true, s3: {bucket: airflow-logs}}}\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    if subject.values.logs.remote.as_ref().is_some_and(|remote| remote.given().is_empty()) {
        found
            .in_value("logs.remote", "`logs.remote` does not say where logs are kept", "this map")
            .help("give one of `s3`, `gcs` and `azureBlob`, or leave it out");
    }
}
