//! The logs of tasks are in OpenSearch, which the version of Airflow does not read.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "O111",
    name: "log-store-of-later-version",
    level: Level::ErrorUnlessForHelm,
    what: "The logs of tasks are in OpenSearch, which the version of Airflow does not read.",
    why: "Airflow 2 ends with `Incorrect remote log configuration`.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 2.11.2\n", "opensearch: {enabled: true, secretName: logs}\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "opensearch: {enabled: true, secretName: logs}\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let values = subject.values;
    if values.opensearch.enabled && values.airflow_version.major() < 3 {
        let version = values.airflow_version.as_str();
        found
            .in_value("opensearch.enabled", format!("Airflow {version} reads no logs from OpenSearch"), "a store of Airflow 3")
            .help("drop it; `elasticsearch` is known to every version");
    }
}
