//! The address of the repository has a user or token in it.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "G107",
    name: "token-in-config-map",
    level: Level::Warning,
    what: "The address of the repository has a user or token in it.",
    why: "It stands in the config map, readable.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 1.10.12\n",
            "fernetKeySecretName: airflow-fernet-key\n",
            "data: {metadataSecretName: airflow-database}\n",
            "dags:\n",
            "  gitSync: {enabled: true, repo: \"https://user:token@example.com/dags.git\"}\n"
        ),
        instead: concat!(
            "airflowVersion: 1.10.12\n",
            "fernetKeySecretName: airflow-fernet-key\n",
            "data: {metadataSecretName: airflow-database}\n",
            "dags:\n",
            "  gitSync: {enabled: true, repo: \"https://example.com/dags.git\", credentialsSecret: login}\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let git = &subject.values.dags.git_sync;
    if git.enabled && git.repo.has_user() {
        found
            .in_value("dags.gitSync.repo", "`dags.gitSync.repo` has a user or token in it", "this address")
            .note("it stands in the config map, readable")
            .help("put them into a Secret and name it in `dags.gitSync.credentialsSecret`");
    }
}
