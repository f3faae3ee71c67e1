//! git is given both a password and an ssh key to log in with.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "G104",
    name: "credentials-and-ssh-key",
    level: Level::Error,
    what: "git is given both a password and an ssh key to log in with.",
    why: "ssh takes no password, and https no ssh key.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 1.10.12\n",
            "fernetKeySecretName: airflow-fernet-key\n",
            "data: {metadataSecretName: airflow-database}\n",
            "dags:\n",
            "  gitSync: {enabled: true, repo: \"git@example.com:dags.git\", sshKeySecret: key, credentialsSecret: login}\n"
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
    if git.enabled && git.credentials_secret.is_some() && git.ssh_key_secret.is_some() {
        found
            .in_value(
                "dags.gitSync.credentialsSecret",
                "`dags.gitSync.credentialsSecret` and `dags.gitSync.sshKeySecret` exclude each other",
                "a user and a password, which ssh does not take",
            )
            .help("drop the first for `ssh://` and `git@` addresses, the second for `https://`");
    }
}
