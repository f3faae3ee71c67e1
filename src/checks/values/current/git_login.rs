//! How git-sync logs in.

use crate::values::{GitHubApp, GitSync, SecretLines, Values};

/// What the values say about it.
pub(super) struct GitLogin<'v> {
    pub git: &'v GitSync,
    /// The GitHub App that logs in.
    pub app: Option<&'v GitHubApp>,
    /// Whether there is an ssh key.
    pub has_key: bool,
    /// Whether there is a password, a token or a GitHub App.
    pub is_by_https: bool,
    /// Whether the user gives git-sync variables or files of his own, and may log in by them.
    pub is_own: bool,
}

impl<'v> GitLogin<'v> {
    /// What the values say, if DAGs come from git.
    pub fn of(values: &'v Values) -> Option<Self> {
        let git = Some(&values.dags.git_sync).filter(|git| git.enabled)?;
        Some(Self {
            git,
            app: git.github_app.as_ref(),
            has_key: is_key(git.ssh_key.as_ref()) || git.ssh_key_secret.is_some(),
            is_by_https: git.credentials.is_some() || git.credentials_secret.is_some() || git.github_app.is_some(),
            is_own: !git.env.is_empty()
                || git.env_from.as_ref().is_some_and(|text| !text.is_empty())
                || !git.extra_volume_mounts.is_empty(),
        })
    }

    /// The keys below `dags.gitSync` that each give a way to log in.
    pub fn ways(&self) -> Vec<&'static str> {
        let GitSync { credentials, credentials_secret, ssh_key, ssh_key_secret, github_app, .. } = self.git;
        let ways = [
            ("credentials", credentials.is_some()),
            ("credentialsSecret", credentials_secret.is_some()),
            ("sshKey", is_key(ssh_key.as_ref())),
            ("sshKeySecret", ssh_key_secret.is_some()),
            ("githubApp", github_app.is_some()),
        ];
        ways.into_iter().filter(|(_, given)| *given).map(|(key, _)| key).collect()
    }
}

fn is_key(key: Option<&SecretLines>) -> bool {
    key.is_some_and(|key| !key.0.is_empty())
}
