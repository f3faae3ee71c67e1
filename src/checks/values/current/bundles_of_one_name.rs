//! Two bundles of DAGs have the same name.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "G210",
    name: "bundles-of-one-name",
    level: Level::ErrorUnlessForHelm,
    what: "Two bundles of DAGs have the same name.",
    why: "Airflow tells bundles by their names.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "dagProcessor:\n",
            "  dagBundleConfigList:\n",
            "    - {name: dags, classpath: airflow.dag_processing.bundles.local.LocalDagBundle, kwargs: {}}\n",
            "    - {name: dags, classpath: airflow.dag_processing.bundles.local.LocalDagBundle, kwargs: {}}\n"
        ),
        instead: concat!(
            "airflowVersion: 3.2.0\n",
            "dagProcessor:\n",
            "  dagBundleConfigList:\n",
            "    - {name: dags, classpath: airflow.dag_processing.bundles.local.LocalDagBundle, kwargs: {}}\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let (key, bundles) = subject.values.dag_bundles();
    let twice = bundles.iter().enumerate().find(|(index, one)| bundles[..*index].iter().any(|other| other.name == one.name));
    if let Some((index, bundle)) = twice {
        let title = format!("two bundles of DAGs are called `{}`", &*bundle.name);
        found.in_value(format!("{key}[{index}].name"), title, "the second one");
    }
}
