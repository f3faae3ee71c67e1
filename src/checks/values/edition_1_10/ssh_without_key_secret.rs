//! The address of the repository is for ssh, and no Secret with a key is named.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "G105",
    name: "ssh-without-key-secret",
    level: Level::Error,
    what: "The address of the repository is for ssh, and no Secret with a key is named.",
    why: "Over ssh git logs in with a key.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 1.10.12\n",
            "fernetKeySecretName: airflow-fernet-key\n",
            "data: {metadataSecretName: airflow-database}\n",
            "dags:\n",
            "  gitSync: {enabled: true, repo: \"git@example.com:dags.git\"}\n"
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
    if git.enabled && git.repo.is_ssh() && git.ssh_key_secret.is_none() {
        found.in_value("dags.gitSync.repo", "an address for ssh needs `dags.gitSync.sshKeySecret`", "this address");
    }
}
