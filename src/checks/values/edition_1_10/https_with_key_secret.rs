//! The address of the repository is for https, and a Secret with an ssh key is named.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "G106",
    name: "https-with-key-secret",
    level: Level::Error,
    what: "The address of the repository is for https, and a Secret with an ssh key is named.",
    why: "Over https git does not log in with an ssh key.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 1.10.12\n",
            "fernetKeySecretName: airflow-fernet-key\n",
            "data: {metadataSecretName: airflow-database}\n",
            "dags:\n",
            "  gitSync: {enabled: true, repo: \"https://example.com/dags.git\", sshKeySecret: key}\n"
        ),
        instead: concat!(
            "airflowVersion: 1.10.12\n",
            "fernetKeySecretName: airflow-fernet-key\n",
            "data: {metadataSecretName: airflow-database}\n",
            "dags:\n",
            "  gitSync: {enabled: true, repo: \"git@example.com:dags.git\", sshKeySecret: key}\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let git = &subject.values.dags.git_sync;
    if git.enabled && git.repo.is_https() && git.ssh_key_secret.is_some() {
        found.in_value("dags.gitSync.repo", "an address for https does not go with `dags.gitSync.sshKeySecret`", "this address");
    }
}
