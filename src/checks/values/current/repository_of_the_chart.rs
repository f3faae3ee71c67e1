//! DAGs are to come from git, and nobody says from which repository.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "G109",
    name: "repository-of-the-chart",
    level: Level::Warning,
    what: "DAGs are to come from git, and nobody says from which repository.",
    why: "The chart's default is taken: the repository of Airflow itself, with the DAGs of its tests.",
    example: Example {
        of: Of::Values,
        refused: git_sync_values!("subPath: dags"),
        instead: git_sync_values!("repo: \"https://git.example.com/dags.git\"", "branch: main", "subPath: dags"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let git = &subject.values.dags.git_sync;
    if git.enabled && !git.repo.is_empty() && subject.given.at(&["dags", "gitSync", "repo"]).is_none() {
        let branch = git.branch.as_deref().map(|branch| format!(" at `{branch}`")).unwrap_or_default();
        found
            .in_value("dags.gitSync.enabled", "`dags.gitSync.repo` is not given", "git is asked for here")
            .note(format!("the chart's default is taken: Airflow's own repository{branch}, of which `{}` would be DAGs", &*git.sub_path))
            .help("set `dags.gitSync.repo`, and beside it `branch` and `subPath`");
    }
}
