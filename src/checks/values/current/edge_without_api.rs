//! Tasks are for workers at the edge, and nobody lets those in.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::{AirflowOption, Heard, Options};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "X108",
    name: "edge-without-api",
    level: Level::Warning,
    what: "Tasks are for workers at the edge, and nobody lets those in.",
    why: "The provider `edge3` serves its workers only if `[edge] api_enabled` is on, as gen has it for Airflow 3.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "executor: airflow.providers.edge3.executors.EdgeExecutor\n",
            "config: {edge: {api_enabled: false}}\n"
        ),
        instead: concat!("airflowVersion: 3.2.0\n", "executor: airflow.providers.edge3.executors.EdgeExecutor\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let values = subject.values;
    let is_rendered = values.airflow_version.major() >= 3;
    let api_enabled = Options::of(values).heard_for_sure(AirflowOption::of("edge", "api_enabled"));
    if !values.executor.uses_edge() || api_enabled.is_true(is_rendered).unwrap_or(true) {
        return;
    }
    let fault = "nothing serves the workers of the `EdgeExecutor`";
    if let Heard::Text(_, path) = api_enabled {
        found.in_value(path, fault, "off").help("leave it out, or set it to `true`");
    } else {
        found
            .in_value("executor", format!("{fault}, and gen renders none before Airflow 3"), "workers elsewhere")
            .note("its tasks run where `airflow edge worker` does, which asks the API for them")
            .help("set `config.edge.api_enabled: true` and `config.edge.api_url`, and run `airflow edge worker` where tasks belong");
    }
}
