//! KEDA divides by an option of airflow.cfg that is no whole number above zero.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::{AirflowOption, Heard, Options};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "D117",
    name: "keda-without-number",
    level: Level::Error,
    what: "KEDA divides by an option of airflow.cfg that is no whole number above zero.",
    why: "The query for how many pods are needed divides by how much one pod takes.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "executor: CeleryExecutor\n",
            "workers: {celery: {keda: {enabled: true}}}\n",
            "config: {celery: {worker_concurrency: \"16 per node\"}}\n"
        ),
        instead: concat!(
            "airflowVersion: 3.2.0\n",
            "executor: CeleryExecutor\n",
            "workers: {celery: {keda: {enabled: true}}}\n",
            "config: {celery: {worker_concurrency: 16}}\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    if !subject.known.keda.asks {
        return;
    }
    let options = Options::of(subject.values);
    for option in AirflowOption::ROWS_OF_A_POD {
        let Heard::Text(text, at) = options.heard(option) else { continue };
        if text.parse::<u64>().ok().is_none_or(|number| number == 0) {
            found
                .in_value(at, format!("`[{}] {}` is no whole number above zero", option.section, option.name), "KEDA's query divides by it")
                .help("write it in digits alone");
        }
    }
}
