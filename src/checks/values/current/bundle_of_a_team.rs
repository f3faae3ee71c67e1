//! A bundle of DAGs belongs to a team, and Airflow has no teams.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::{AirflowOption, Options};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "G219",
    name: "bundle-of-a-team",
    level: Level::ErrorUnlessForHelm,
    what: "A bundle of DAGs belongs to a team, and Airflow has no teams.",
    why: "Airflow ends with `cannot have a team name when multi-team mode is disabled` (seen with 3.3.2); before 3.2 it has no teams.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "dagProcessor:\n",
            "  dagBundleConfigList:\n",
            "    - {name: dags, classpath: airflow.dag_processing.bundles.local.LocalDagBundle, kwargs: {}, team_name: data}\n"
        ),
        instead: concat!(
            "airflowVersion: 3.2.0\n",
            "config: {core: {multi_team: true}}\n",
            "dagProcessor:\n",
            "  dagBundleConfigList:\n",
            "    - {name: dags, classpath: airflow.dag_processing.bundles.local.LocalDagBundle, kwargs: {}, team_name: data}\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let values = subject.values;
    let has_option = values.airflow_version.numbers() >= (3, 2, 0);
    let is_on = Options::of(values).heard_for_sure(AirflowOption::of("core", "multi_team")).is_true(false).unwrap_or(true);
    if has_option && is_on {
        return;
    }
    let (key, bundles) = values.dag_bundles();
    for (index, bundle) in bundles.iter().enumerate() {
        let Some(team) = &bundle.team_name else { continue };
        let title = format!("the bundle `{}` is of the team `{}`, and Airflow has no teams", &*bundle.name, &**team);
        let help = if has_option { "set `config.core.multi_team: true`" } else { "leave `team_name` out; Airflow has teams since 3.2" };
        found.in_value(format!("{key}[{index}].team_name"), title, "of a team").help(help);
    }
}
