//! How git-sync logs in.

use crate::values::{GitHubApp, GitSync, SecretLines, Values};

/// What the values say about it.
#[derive(Clone, Copy)]
pub(super) struct GitLogin<'v> {
    pub git: &'v GitSync,
}

impl<'v> GitLogin<'v> {
    /// What the values say, if DAGs come from git.
    pub fn of(values: &'v Values) -> Option<Self> {
        Some(&values.dags.git_sync).filter(|git| git.enabled).map(|git| Self { git })
    }

    /// The GitHub App that logs in.
    pub fn app(self) -> Option<&'v GitHubApp> {
        self.git.github_app.as_ref()
    }

    /// Whether there is an ssh key.
    pub fn has_key(self) -> bool {
        is_given(self.git.ssh_key.as_ref()) || self.git.ssh_key_secret.is_some()
    }

    /// Whether there is a password, a token or a GitHub App.
    pub fn is_by_https(self) -> bool {
        self.git.credentials.is_some() || self.git.credentials_secret.is_some() || self.git.github_app.is_some()
    }

    /// Whether the user gives git-sync variables or files of his own, and may log in by them.
    pub fn is_own(self) -> bool {
        let GitSync { env, env_from, extra_volume_mounts, .. } = self.git;
        !env.is_empty() || env_from.as_ref().is_some_and(|text| !text.is_empty()) || !extra_volume_mounts.is_empty()
    }

    /// The keys below `dags.gitSync` that each give a way to log in.
    pub fn ways(self) -> Vec<&'static str> {
        let GitSync { credentials, credentials_secret, ssh_key, ssh_key_secret, github_app, .. } = self.git;
        let ways = [
            ("credentials", credentials.is_some()),
            ("credentialsSecret", credentials_secret.is_some()),
            ("sshKey", is_given(ssh_key.as_ref())),
            ("sshKeySecret", ssh_key_secret.is_some()),
            ("githubApp", github_app.is_some()),
        ];
        ways.into_iter().filter(|(_, given)| *given).map(|(key, _)| key).collect()
    }
}

/// Whether a key is given, and is not the empty text.
pub(super) fn is_given(key: Option<&SecretLines>) -> bool {
    key.is_some_and(|SecretLines(key)| !key.is_empty())
}
