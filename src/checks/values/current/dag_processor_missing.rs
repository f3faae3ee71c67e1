//! No DAG processor runs, without which Airflow 3 knows no DAG.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::Component as _;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "X107",
    name: "dag-processor-missing",
    level: Level::Warning,
    what: "No DAG processor runs, without which Airflow 3 knows no DAG.",
    why: "Since Airflow 3 the scheduler reads no DAGs by itself.",
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
    let (key, label) = match (keys.enabled(values), keys.replicas) {
        (false, _) => ("dagProcessor.enabled", "switched off"),
        (true, Some(0)) => ("dagProcessor.replicas", "no replicas"),
        _ => return,
    };
    if values.airflow_version.major() >= 3 {
        found
            .in_value(key, "no DAG processor runs, and the scheduler of Airflow 3 reads no DAGs by itself", label)
            .help("run one, unless one runs elsewhere on this database");
    }
}
