//! DAGs are to come from git and from a volume at once.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "G102",
    name: "dags-from-two-places",
    level: Level::Error,
    what: "DAGs are to come from git and from a volume at once.",
    why: "Airflow 1.10 looks for them in one folder.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 1.10.12\n",
            "fernetKeySecretName: airflow-fernet-key\n",
            "data: {metadataSecretName: airflow-database}\n",
            "dags:\n",
            "  gitSync: {enabled: true, repo: \"https://example.com/dags.git\"}\n",
            "  persistence: {enabled: true, existingClaim: dags}\n"
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
    let dags = &subject.values.dags;
    if dags.git_sync.enabled && dags.persistence.enabled {
        found
            .in_value(
                "dags.gitSync.enabled",
                "DAGs cannot come from git and from a volume at once",
                "git is asked for here, and a volume by `dags.persistence.enabled`",
            )
            .help("set `dags.persistence.enabled: false` for git, or `dags.gitSync.enabled: false` for the volume");
    }
}
