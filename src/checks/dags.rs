//! DAGs come from one place, and that place is fully described.

use super::Finding;
use crate::values::Values;

pub fn check(values: &Values, findings: &mut Vec<Finding>) {
    let git = &values.dags.git_sync;
    if !git.enabled {
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
    let given = |name: &Option<crate::values::DnsSubdomain>| name.as_ref().is_some_and(|name| !name.is_empty());
    if given(&git.credentials_secret) && given(&git.ssh_key_secret) {
        let title = "`dags.gitSync.credentialsSecret` and `dags.gitSync.sshKeySecret` exclude each other";
        let error = Finding::error("dags.gitSync.credentialsSecret", title, "a user and a password, which ssh does not take");
        findings.push(error.help("drop the first for `ssh://` and `git@` addresses, the second for `https://`"));
    }
}
