//! No DAG processor runs, and the scheduler reads no DAGs by itself.

use super::why_idle;
use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::{AirflowOption, Component as _, Options};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "X107",
    name: "dag-processor-missing",
    level: Level::Warning,
    what: "No DAG processor runs, and the scheduler reads no DAGs by itself.",
    why: "Since Airflow 3 the scheduler never does, and that of Airflow 2 does not where `standalone_dag_processor` is on.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "dagProcessor: {enabled: false}\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "dagProcessor: {enabled: true}\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let values = subject.values;
    let keys = &values.dag_processor;
    let Some((key, label)) = why_idle(keys.enabled(values), keys.keys.replicas.filter(|_| keys.sets.is_empty())) else { return };
    if values.airflow_version.major() >= 3 {
        found
            .in_value(format!("dagProcessor.{key}"), "no DAG processor runs, and the scheduler of Airflow 3 reads no DAGs by itself", label)
            .help("run one, unless one runs elsewhere on this database");
        return;
    }
    let standalone = Options::of_scheduler(values).heard(AirflowOption::STANDALONE_DAG_PROCESSOR);
    if let (Some(true), Some(place)) = (standalone.is_true(false), standalone.place()) {
        found
            .in_value(place.clone(), "no DAG processor runs, and the scheduler is told that one does", "so it reads no DAGs by itself")
            .help("set `dagProcessor.enabled: true` instead, unless one runs elsewhere on this database");
    }
}
