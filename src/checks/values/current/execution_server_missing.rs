//! No API server runs, and tasks are not told of another one.

use super::why_idle;
use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::{AirflowOption, Heard, Options};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "X105",
    name: "execution-server-missing",
    level: Level::Warning,
    what: "No API server runs, and tasks are not told of another one.",
    why: "Since Airflow 3, tasks, DAG processors and triggerers reach the database through an API server alone.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "apiServer: {enabled: false}\n"),
        instead: concat!(
            "airflowVersion: 3.2.0\n",
            "apiServer: {enabled: false}\n",
            "config: {core: {execution_api_server_url: \"https://airflow.example.com/execution/\"}}\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let values = subject.values;
    let server = &values.api_server.server;
    // An autoscaler has precedence over the number of replicas.
    let replicas = server.replicas.filter(|_| server.hpa.enabled != Some(true));
    let Some((key, label)) = why_idle(server.enabled, replicas) else { return };
    let url = AirflowOption::of("core", "execution_api_server_url");
    if values.airflow_version.major() >= 3 && Options::of(values).heard_for_sure(url) == Heard::Nothing {
        found
            .in_value(format!("apiServer.{key}"), "no API server runs, and every task of Airflow 3 needs one", label)
            .help("let one run, or say in `config.core.execution_api_server_url` where another one is");
    }
}
