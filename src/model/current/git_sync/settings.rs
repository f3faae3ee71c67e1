//! git-sync's variables, under the names that its version reads.

use crate::model::current::basis::Basis;
use crate::model::current::env;
use crate::model::current::secret::Secret;
use crate::model::current::storage::LINK;
use crate::model::git_sync::{BRANCH_OF_THE_CHART, HEAD, Revision, Version};
use crate::model::variable::{Env, EnvVar, plain};
use crate::values::{Delivery, GitHubApp, GitSync, Values};

/// Where git-sync's containers have the volume.
pub const ROOT: &str = "/git";

/// The variables of both containers.
pub struct Settings<'v> {
    /// The version of git-sync.
    version: Version,
    /// Whether the names of version 3 are written.
    old: bool,
    /// Whether the names of version 4 are written.
    new: bool,
    /// The variables so far.
    env: Env<'v>,
}

impl<'v> Settings<'v> {
    /// The variables that both containers have alike.
    pub fn of(basis: &Basis<'v>, has_hosts: bool) -> Self {
        let values = basis.values;
        let keys = &values.dags.git_sync;
        let version = Version::of(values);
        // The chart has the names of both.
        let both = values.delivery == Delivery::Helm || version == Version::Unknown;
        let (old, new) = (both || version.is_3(), both || !version.is_3());
        let mut settings = Self { version, old, new, env: Vec::new() };
        settings.revision(keys);
        settings.say("GIT_SYNC_REPO", "GITSYNC_REPO", &keys.repo);
        settings.say("GIT_SYNC_DEPTH", "GITSYNC_DEPTH", &keys.depth.to_string());
        settings.say("GIT_SYNC_ROOT", "GITSYNC_ROOT", ROOT);
        settings.say("GIT_SYNC_DEST", "GITSYNC_LINK", LINK);
        settings.say("GIT_SYNC_ADD_USER", "GITSYNC_ADD_USER", "true");
        settings.say("GIT_SYNC_MAX_SYNC_FAILURES", "GITSYNC_MAX_FAILURES", &keys.max_failures.to_string());
        settings.period(values);
        settings.login(basis, has_hosts);
        settings
    }

    /// The variables of the container that fetches once.
    pub fn once(&self) -> Env<'v> {
        self.with("GIT_SYNC_ONE_TIME", "GITSYNC_ONE_TIME", "true")
    }

    /// The variables of the container that keeps fetching.
    pub fn always(&self, port: u16) -> Env<'v> {
        self.with("GIT_SYNC_HTTP_BIND", "GITSYNC_HTTP_BIND", &format!(":{port}"))
    }

    fn with(&self, old: &'static str, new: &'static str, value: &str) -> Env<'v> {
        let mut settings = Self { env: self.env.clone(), ..*self };
        settings.say(old, new, value);
        settings.env
    }

    fn say(&mut self, old: &'static str, new: &'static str, value: &str) {
        let names = [old].into_iter().filter(|_| self.old).chain([new].into_iter().filter(|_| self.new));
        self.env.extend(names.map(|name| plain(name, value.to_owned())));
    }

    /// What is fetched. git-sync 4 still reads the old branch and revision, and ends at once where both say something; a
    /// branch alone has precedence over the new variable.
    fn revision(&mut self, keys: &'v GitSync) {
        let revision = Revision::of(keys);
        let (branch, rev) = (keys.branch.as_deref().unwrap_or_default(), keys.rev.as_deref().unwrap_or_default());
        if !self.old {
            self.env.push(plain("GITSYNC_REF", revision.name));
        } else if self.version.is_3() || branch == revision.name && matches!(rev, "" | HEAD) {
            self.env.extend([plain("GIT_SYNC_BRANCH", branch), plain("GIT_SYNC_REV", rev)]);
            // The chart's word, which neither version reads here.
            let reference = keys.reference.as_deref().unwrap_or(BRANCH_OF_THE_CHART);
            self.env.extend(self.new.then(|| plain("GITSYNC_REF", reference)));
        } else {
            self.env.extend([plain("GIT_SYNC_REV", revision.name), plain("GITSYNC_REF", revision.name)]);
        }
    }

    /// The time between two syncs: git-sync 3 takes seconds, git-sync 4 a length of time, or seconds instead.
    fn period(&mut self, values: &Values) {
        let (wait, period) = (values.dags.git_sync.seconds_to_wait(), &values.dags.git_sync.period);
        let of_the_chart = values.delivery == Delivery::Helm;
        // git-sync 4 does with the period of the chart, and git-sync 3 would not pause at all.
        if self.old && (wait.is_some() || !of_the_chart || self.version.is_3()) {
            let seconds = wait.map_or_else(|| period.seconds().to_string(), |wait| wait.to_string());
            self.env.push(plain("GIT_SYNC_WAIT", seconds));
        }
        if self.new {
            let length = wait.filter(|_| !of_the_chart).map(|wait| format!("{wait}s"));
            self.env.push(plain("GITSYNC_PERIOD", length.unwrap_or_else(|| period.to_string())));
        }
    }

    /// How git-sync logs in.
    fn login(&mut self, basis: &Basis<'v>, has_hosts: bool) {
        let secrets = &basis.secrets;
        if secrets.git_ssh_key.wanted {
            self.say("GIT_SSH_KEY_FILE", "GITSYNC_SSH_KEY_FILE", "/etc/git-secret/ssh");
            self.say("GIT_SYNC_SSH", "GITSYNC_SSH", "true");
            self.say("GIT_KNOWN_HOSTS", "GITSYNC_SSH_KNOWN_HOSTS", if has_hosts { "true" } else { "false" });
        } else if secrets.git_credentials.wanted {
            let Secret { name: secret, .. } = &secrets.git_credentials;
            // Where the version is not known, a Secret for one of them will do.
            let variable = |name| match self.version {
                Version::Unknown => EnvVar::of_key_if_any(name, secret, name),
                _ => EnvVar::of_key(name, secret, name),
            };
            self.env.extend(self.version.usernames().iter().chain(self.version.passwords()).map(|name| variable(name)));
        }
        if has_hosts {
            self.say("GIT_SSH_KNOWN_HOSTS_FILE", "GITSYNC_SSH_KNOWN_HOSTS_FILE", "/etc/git-secret/known_hosts");
        }
        if let Some(app) = &basis.values.dags.git_sync.github_app {
            self.env.extend(github(app));
            self.env.push(env::of_secret("GITSYNC_GITHUB_APP_PRIVATE_KEY", &secrets.github_app));
        }
    }
}

/// The GitHub App by which git-sync logs in.
fn github(app: &GitHubApp) -> impl Iterator<Item = EnvVar<'_>> {
    let settings = [
        ("GITSYNC_GITHUB_APP_CLIENT_ID", app.client_id.as_ref().and_then(|id| id.given()).map(str::to_owned)),
        ("GITSYNC_GITHUB_APP_APPLICATION_ID", app.application_id.as_ref().map(|id| id.to_string())),
        ("GITSYNC_GITHUB_APP_INSTALLATION_ID", Some(app.installation_id.to_string())),
        ("GITSYNC_GITHUB_BASE_URL", app.base_url.as_deref().map(str::to_owned)),
    ];
    settings.into_iter().filter_map(|(name, value)| Some(plain(name, value?)))
}
