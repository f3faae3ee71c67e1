//! A bundle of DAGs has an empty name.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "G221",
    name: "bundle-without-name",
    level: Level::Warning,
    what: "A bundle of DAGs has an empty name.",
    why: "Airflow takes it, and shows and stores the bundle without a name: nobody can ask for it.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "dagProcessor: {dagBundleConfigList: [{name: '', classpath: airflow.dag_processing.bundles.local.LocalDagBundle}]}"
        ),
        instead: concat!(
            "airflowVersion: 3.2.0\n",
            "dagProcessor: {dagBundleConfigList: [{name: dags, classpath: airflow.dag_processing.bundles.local.LocalDagBundle}]}"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let (key, bundles) = subject.values.dag_bundles();
    if let Some(index) = bundles.iter().position(|bundle| bundle.name.trim().is_empty()) {
        found.in_value(format!("{key}[{index}].name"), "a bundle of DAGs has no name", "empty").help("give it one, such as `dags`");
    }
}
