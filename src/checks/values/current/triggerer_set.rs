//! A set of triggerers takes what no triggerer of this Airflow can be told to take.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::{AirflowOption, Options};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "O116",
    name: "triggerer-set",
    level: Level::Error,
    what: "A set of triggerers takes what no triggerer of this Airflow can be told to take.",
    why: "Triggers have queues since Airflow 3.2 and teams since 3.3, with `[core] multi_team`; `airflow triggerer` ends where it is told \
          what it does not know. A set without either would take what the default triggerer takes.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.1.8\n", "triggerer: {sets: [{name: etl, queues: [etl]}]}\n"),
        instead: concat!(
            "airflowVersion: 3.2.2\n",
            "triggerer: {sets: [{name: default, queues: [default]}, {name: etl, queues: [etl]}]}\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let values = subject.values;
    let keys = &values.triggerer;
    let version = values.airflow_version.numbers();
    let has_teams = Options::of(values).heard_for_sure(AirflowOption::of("core", "multi_team")).is_true(false).unwrap_or(true);
    for (index, set) in keys.sets.iter().enumerate().filter(|_| keys.enabled) {
        let (name, at) = (&*set.name, format!("triggerer.sets[{index}]"));
        if !set.queues.is_empty() && version < (3, 2, 0) {
            let title =
                format!("the triggerers `{name}` are for queues, and triggers of Airflow {} have none", values.airflow_version.as_str());
            found.in_value(format!("{at}.queues"), title, "triggers have queues since 3.2").help("leave `queues` out");
        }
        if set.team_name.is_some() && (version < (3, 3, 0) || !has_teams) {
            let title = format!("the triggerers `{name}` are for a team, and triggers have none");
            let help = if version < (3, 3, 0) {
                "leave `teamName` out; triggers have teams since 3.3"
            } else {
                "set `config.core.multi_team: true`"
            };
            found.in_value(format!("{at}.teamName"), title, "of a team").help(help);
        }
        if set.queues.is_empty() && set.team_name.is_none() {
            let title = format!("the triggerers `{name}` take what the default ones take");
            found.in_value(format!("{at}.name"), title, "this set").help("give `queues` or `teamName`, or more `triggerer.replicas`");
        }
    }
}
