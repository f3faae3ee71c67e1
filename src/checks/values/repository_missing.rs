//! DAGs are to come from git, and the repository is not named.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "G103",
    name: "repository-missing",
    level: Level::ErrorUnlessForHelm,
    what: "DAGs are to come from git, and the repository is not named.",
    why: "git-sync would not start.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "dags: {gitSync: {enabled: true, repo: \"\"}}\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "dags: {gitSync: {enabled: true, repo: \"https://example.com/dags.git\"}}\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let git = &subject.values.dags.git_sync;
    if git.enabled && git.repo.is_empty() {
        found
            .in_value("dags.gitSync.enabled", "`dags.gitSync.repo` is missing", "git is asked for here")
            .help("set `dags.gitSync.repo` to the repository's address");
    }
}
