//! DAGs come from one place, and that place is fully described.

use super::Finding;
use crate::values::Values;

pub fn check(values: &Values, findings: &mut Vec<Finding>) {
    let git = &values.dags.git_sync;
    if !git.enabled {
        if !git.repo.is_empty() {
            let warning = Finding::warning("dags.gitSync.repo", "`dags.gitSync.repo` has no effect", "described here");
            findings.push(warning.help("set `dags.gitSync.enabled: true`"));
        }
        return;
    }
    if values.dags.persistence.enabled {
        let title = "DAGs cannot come from git and from a volume at once";
        let error = Finding::error("dags.gitSync.enabled", title, "git is asked for here, and a volume by `dags.persistence.enabled`");
        findings.push(error.help("set `dags.persistence.enabled: false` for git, or `dags.gitSync.enabled: false` for the volume"));
    }
    if git.repo.is_empty() {
        let error = Finding::error("dags.gitSync.enabled", "`dags.gitSync.repo` is missing", "git is asked for here");
        findings.push(error.help("set `dags.gitSync.repo` to the repository's address"));
    }
    if git.credentials_secret.is_some() && git.ssh_key_secret.is_some() {
        let title = "`dags.gitSync.credentialsSecret` and `dags.gitSync.sshKeySecret` exclude each other";
        let error = Finding::error("dags.gitSync.credentialsSecret", title, "a user and a password, which ssh does not take");
        findings.push(error.help("drop the first for `ssh://` and `git@` addresses, the second for `https://`"));
    }
    let (ssh, https) = (git.repo.is_ssh(), git.repo.is_https());
    let wrong = [
        (ssh && git.ssh_key_secret.is_none(), "an address for ssh needs `dags.gitSync.sshKeySecret`"),
        (https && git.ssh_key_secret.is_some(), "an address for https does not go with `dags.gitSync.sshKeySecret`"),
    ];
    for (_, title) in wrong.into_iter().filter(|(wrong, _)| *wrong) {
        findings.push(Finding::error("dags.gitSync.repo", title, "this address"));
    }
    if git.repo.has_user() {
        let warning = Finding::warning("dags.gitSync.repo", "`dags.gitSync.repo` has a user or token in it", "this address");
        findings.push(
            warning
                .note("it stands in the config map, readable")
                .help("put them into a Secret and name it in `dags.gitSync.credentialsSecret`"),
        );
    }
}
