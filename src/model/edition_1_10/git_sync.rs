//! DAGs from git: how git-sync's containers are set up, so that scheduler and workers see the same paths.

use serde::Serialize;

use super::name::Names;
use super::storage::dags_path;
use crate::model::external::External;
use crate::model::git_sync::{Revision, Version};
use crate::model::variable::{Env, EnvVar, plain};
use crate::values::{Resources, Values};

/// Where git-sync's containers have the volume.
pub const ROOT: &str = "/git";
/// The link in the volume that leads to the newest checkout.
pub const DEST: &str = "repo";
/// The user that git-sync's image knows by name; without a name ssh refuses to work.
const SSH_USER: u32 = 65533;
/// Seconds between two syncs, where the values say none.
const WAIT: u32 = 60;

/// The containers of git-sync.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GitSync<'v> {
    pub uid: Option<u32>,
    pub root: &'static str,
    /// Where Airflow's containers have the volume.
    pub mount_path: String,
    /// Where the DAGs are, below it.
    pub dags_folder: String,
    pub env: Env<'v>,
    /// The seconds between two fetches.
    pub wait: String,
    pub resources: &'v Resources,
    pub credentials_secret: Option<String>,
    pub ssh_key_secret: Option<String>,
    /// The config map with the host keys that are trusted.
    pub known_hosts: Option<String>,
}

impl GitSync<'_> {
    /// The Secrets that have to exist for it.
    pub(super) fn external(&self) -> impl Iterator<Item = External> {
        let names = self.credentials_secret.iter().chain(&self.ssh_key_secret);
        names.map(|name| External::object("Secret", name.clone()))
    }
}

/// The branch, and what of it is fetched: git-sync 3 takes both, git-sync 4 ends at once where both say something.
pub fn branch_and_rev(values: &Values) -> (&str, &str) {
    let keys = &values.dags.git_sync;
    match Version::of(values) {
        Version::Four { .. } => (Revision::of(keys).name, "HEAD"),
        Version::Three { .. } | Version::Unknown => (keys.branch.as_deref().unwrap_or_default(), keys.rev.as_deref().unwrap_or_default()),
    }
}

/// The containers of git-sync, if DAGs come from git.
pub fn of<'v>(values: &'v Values, names: &Names) -> Option<GitSync<'v>> {
    let keys = &values.dags.git_sync;
    if !keys.enabled {
        return None;
    }
    let given = |name: &Option<crate::values::DnsSubdomain>| name.as_deref().map(str::to_owned);
    let (credentials_secret, ssh_key_secret) = (given(&keys.credentials_secret), given(&keys.ssh_key_secret));
    let known_hosts = keys.known_hosts.as_ref().filter(|keys| !keys.is_empty()).map(|_| names.config());
    let mount_path = dags_path(values);
    let dags_folder = [mount_path.as_str(), DEST, &keys.sub_path].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/");

    let (branch, rev) = branch_and_rev(values);
    let mut env = vec![
        plain("GIT_SYNC_REPO", &*keys.repo),
        plain("GIT_SYNC_BRANCH", branch),
        plain("GIT_SYNC_REV", rev),
        plain("GIT_SYNC_DEPTH", keys.depth.to_string()),
        plain("GIT_SYNC_ROOT", ROOT),
        plain("GIT_SYNC_DEST", DEST),
    ];
    for name in ["GIT_SYNC_USERNAME", "GIT_SYNC_PASSWORD"] {
        env.extend(credentials_secret.iter().map(|secret| EnvVar::of_key(name, secret, name)));
    }
    if ssh_key_secret.is_some() {
        env.extend([plain("GIT_SYNC_SSH", "true"), plain("GIT_SSH_KEY_FILE", "/etc/git-secret/ssh")]);
    }
    if known_hosts.is_some() {
        env.extend([plain("GIT_KNOWN_HOSTS", "true"), plain("GIT_SSH_KNOWN_HOSTS_FILE", "/etc/git-secret/known_hosts")]);
    } else {
        env.push(plain("GIT_KNOWN_HOSTS", "false"));
    }
    Some(GitSync {
        uid: keys.uid.or(if ssh_key_secret.is_some() { Some(SSH_USER) } else { values.uid }),
        root: ROOT,
        mount_path,
        dags_folder,
        env,
        wait: keys.seconds_to_wait().unwrap_or(WAIT).to_string(),
        resources: &keys.resources,
        credentials_secret,
        ssh_key_secret,
        known_hosts,
    })
}
