//! DAGs come from git or from a volume, and no bundle reads that folder.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::DagBundle;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "G211",
    name: "folder-that-no-bundle-reads",
    level: Level::ErrorUnlessForHelm,
    what: "DAGs come from git or from a volume, and no bundle reads that folder.",
    why: "Airflow would not see them.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "dagProcessor:\n",
            "  dagBundleConfigList:\n",
            "    - {name: other, classpath: example.Bundle, kwargs: {}}\n",
            "dags: {persistence: {enabled: true}}\n"
        ),
        instead: concat!(
            "airflowVersion: 3.2.0\n",
            "dagProcessor:\n",
            "  dagBundleConfigList:\n",
            "    - {name: dags, classpath: airflow.dag_processing.bundles.local.LocalDagBundle, kwargs: {}}\n",
            "dags: {persistence: {enabled: true}}\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let (key, bundles) = subject.values.dag_bundles();
    let dags = &subject.values.dags;
    let folders = [("dags.gitSync", dags.git_sync.enabled), ("dags.persistence", dags.persistence.enabled)];
    let folder = folders.into_iter().find(|(_, enabled)| *enabled);
    if let (Some((section, _)), false) = (folder, bundles.is_empty() || bundles.iter().any(DagBundle::reads_folder)) {
        found
            .in_value(key, format!("no bundle of DAGs reads what `{section}` brings"), "none of these reads a folder")
            .help(format!("drop `{section}`, or add a bundle with the class `airflow.dag_processing.bundles.local.LocalDagBundle`"));
    }
}
