//! Tasks are for workers at the edge, and nobody lets those in.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::{AirflowOption, Executor, Options};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "X108",
    name: "edge-without-api",
    level: Level::Warning,
    what: "Tasks are for workers at the edge, and nobody lets those in.",
    why: "The provider `edge3` serves its workers only if `[edge] api_enabled` is on, and gen renders no such worker.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "executor: airflow.providers.edge3.executors.EdgeExecutor\n"),
        instead: concat!(
            "airflowVersion: 3.2.0\n",
            "executor: airflow.providers.edge3.executors.EdgeExecutor\n",
            "config: {edge: {api_enabled: true, api_url: \"https://airflow.example.com/edge_worker/v1/rpcapi\"}}\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let values = subject.values;
    let is_edge = values.executor.list().iter().any(|executor| matches!(executor, Executor::Other(name) if is_of_provider(name)));
    let api_enabled = Options::of(values).heard_for_sure(AirflowOption::of("edge", "api_enabled"));
    let is_on = api_enabled.is_true(false).unwrap_or(true);
    if is_edge && !is_on {
        found
            .in_value("executor", "nothing serves the workers of the `EdgeExecutor`, and gen renders none", "workers elsewhere")
            .note("its tasks run where `airflow edge worker` does, which asks the API for them")
            .help("set `config.edge.api_enabled: true` and `config.edge.api_url`, and run `airflow edge worker` where tasks belong");
    }
}

/// Whether an executor is the one of Airflow's own provider; another class of that name is the user's.
fn is_of_provider(name: &str) -> bool {
    name.starts_with("airflow.providers.edge3.") && name.ends_with(".EdgeExecutor")
}
