//! Logs of tasks are to be kept in two clouds.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "O114",
    name: "remote-logs-in-two-places",
    level: Level::Error,
    what: "Logs of tasks are to be kept in two clouds.",
    why: "Airflow copies them to one place.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "logs: {remote: {s3: {bucket: airflow-logs}, gcs: {bucket: airflow-logs}}}\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "logs: {remote: {s3: {bucket: airflow-logs}}}\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let given = subject.values.logs.remote.as_ref().map(crate::values::RemoteLogs::given).unwrap_or_default();
    if let [(first, _), (second, _), ..] = given[..] {
        let title = format!("`logs.remote` has both `{first}` and `{second}`");
        found.in_value(format!("logs.remote.{second}"), title, "Airflow copies logs to one place").drop_one();
    }
}
