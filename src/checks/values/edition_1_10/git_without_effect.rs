//! A repository of DAGs is described, and git is not asked for.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "G101",
    name: "git-without-effect",
    level: Level::Warning,
    what: "A repository of DAGs is described, and git is not asked for.",
    why: "The DAGs do not come from there.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 1.10.12\n",
            "fernetKeySecretName: airflow-fernet-key\n",
            "data: {metadataSecretName: airflow-database}\n",
            "dags: {gitSync: {repo: \"https://example.com/dags.git\"}}\n"
        ),
        instead: concat!(
            "airflowVersion: 1.10.12\n",
            "fernetKeySecretName: airflow-fernet-key\n",
            "data: {metadataSecretName: airflow-database}\n",
            "dags:\n",
            "  gitSync: {enabled: true, repo: \"https://example.com/dags.git\"}\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let git = &subject.values.dags.git_sync;
    if !git.enabled && !git.repo.is_empty() {
        found.in_value("dags.gitSync.repo", "`dags.gitSync.repo` has no effect", "described here").help("set `dags.gitSync.enabled: true`");
    }
}
