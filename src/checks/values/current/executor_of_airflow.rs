//! Airflow is told another executor than the set is made for.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::{AirflowOption, Executors, Options};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "X111",
    name: "executor-of-airflow",
    level: Level::Warning,
    what: "Airflow is told another executor than the set is made for.",
    why: "What that executor needs is not rendered: workers, the broker, the rights to make pods.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "executor: LocalExecutor\n", "config: {core: {executor: KubernetesExecutor}}\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "executor: KubernetesExecutor\n", "logs: {persistence: {enabled: true}}\n"),
    },
    check: Check::Values(check),
};

const EXECUTOR: AirflowOption = AirflowOption::of("core", "executor");

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let made_for = &subject.values.executor;
    // What is said to all is heard by each.
    for heard in Options::of_each(subject.values, EXECUTOR) {
        let (Some(text), Some(place)) = (heard.text(), heard.place()) else { continue };
        if Executors::of(text.trim()).list() != made_for.list() {
            found
                .in_value(place.clone(), format!("`{place}` is another executor than `executor`"), "what Airflow runs")
                .note(format!("the set is made for `{made_for}`"))
                .help("set `executor` to that one, and drop this");
        }
    }
}
