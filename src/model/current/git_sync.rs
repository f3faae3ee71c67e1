//! git-sync's containers, which fetch DAGs from git.

use serde::Serialize;
use serde_json::Value;

use super::basis::Basis;
use super::env;
use super::secrets::{PASSWORDS, USERNAMES};
use super::security::{self, Security};
use super::storage::LINK;
use crate::model::variable::{self, Env, EnvVar, plain};
use crate::values::yaml_list;
use crate::values::{GitHubApp, GitSyncProbe, Probe, Resources, VolumeMount};

/// The volume that git-sync's containers have.
const ROOT: &str = "/git";

/// git-sync's containers: one fetches once, the other keeps fetching.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GitSync<'v> {
    name: &'v str,
    init_name: String,
    root: &'static str,
    init_env: Env<'v>,
    env: Env<'v>,
    env_from: Vec<Value>,
    security_context: Security<'v>,
    lifecycle: &'v Value,
    resources: &'v Resources,
    extra_volume_mounts: &'v [VolumeMount],
    /// The Secret with the key for ssh.
    ssh_key_secret: Option<String>,
    /// Whether the config map has the known hosts (ssh).
    known_hosts: bool,
    startup_probe: Option<GitProbe<'v>>,
    liveness_probe: Option<GitProbe<'v>>,
    readiness_probe: Option<&'v Value>,
}

/// A probe of git-sync.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
enum GitProbe<'v> {
    /// As the user says.
    Own(Box<GitSyncProbe>),
    /// The HTTP endpoint that git-sync serves for probes.
    #[serde(rename_all = "camelCase")]
    Http {
        #[serde(flatten)]
        probe: &'v Probe,
        http_get: HttpGet,
    },
}

#[derive(Clone, Debug, Serialize)]
struct HttpGet {
    path: &'static str,
    port: u16,
}

impl<'v> GitSync<'v> {
    /// The containers, if DAGs come from git.
    pub fn of(basis: &Basis<'v>) -> Option<Self> {
        let keys = Some(&basis.values.dags.git_sync).filter(|keys| keys.enabled)?;
        let ssh_key = &basis.secrets.git_ssh_key;
        let has_hosts = ssh_key.wanted && keys.known_hosts.as_ref().is_some_and(|hosts| !hosts.is_empty());
        let common = settings(basis, has_hosts);
        let once = vec![plain("GIT_SYNC_ONE_TIME", "true"), plain("GITSYNC_ONE_TIME", "true")];
        let bind = format!(":{}", keys.http_port);
        let always = vec![plain("GIT_SYNC_HTTP_BIND", bind.clone()), plain("GITSYNC_HTTP_BIND", bind)];
        let http = |probe: &'v GitSyncProbe| GitProbe::Http { probe: &probe.probe, http_get: HttpGet { path: "/", port: keys.http_port } };
        let recommended = keys.recommended_probe_setting;
        Some(Self {
            name: &keys.container_name,
            init_name: format!("{}-init", &*keys.container_name),
            root: ROOT,
            init_env: variable::joined([common.clone(), once, variable::own(&keys.env)]),
            env: variable::joined([common, always, variable::own(&keys.env)]),
            env_from: yaml_list(keys.env_from.as_deref()),
            security_context: security::of_user(&keys.security_contexts.container, &keys.security_context, keys.uid),
            lifecycle: &keys.container_lifecycle_hooks.0,
            resources: &keys.resources,
            extra_volume_mounts: &keys.extra_volume_mounts,
            ssh_key_secret: ssh_key.wanted.then(|| ssh_key.name.clone()),
            known_hosts: has_hosts,
            startup_probe: (keys.startup_probe.enabled == Some(true)).then(|| http(&keys.startup_probe)),
            liveness_probe: if recommended {
                (keys.liveness_probe.enabled != Some(false)).then(|| http(&keys.liveness_probe))
            } else {
                keys.liveness_probe.own().map(Box::new).map(GitProbe::Own)
            },
            readiness_probe: (!recommended).then_some(&keys.readiness_probe.0),
        })
    }
}

/// The settings of both containers. Each has a name for git-sync 3 and one for git-sync 4, which each read their own.
fn settings<'v>(basis: &Basis<'v>, has_hosts: bool) -> Env<'v> {
    let keys = &basis.values.dags.git_sync;
    let secrets = &basis.secrets;
    let has_key = secrets.git_ssh_key.wanted;
    let mut env = vec![plain("GIT_SYNC_REV", &*keys.rev), plain("GITSYNC_REF", &*keys.reference), plain("GIT_SYNC_BRANCH", &*keys.branch)];
    let mut both = |old: &'static str, new: &'static str, value: &str| env.extend([old, new].map(|name| plain(name, value.to_owned())));
    both("GIT_SYNC_REPO", "GITSYNC_REPO", &keys.repo);
    both("GIT_SYNC_DEPTH", "GITSYNC_DEPTH", &keys.depth.to_string());
    both("GIT_SYNC_ROOT", "GITSYNC_ROOT", ROOT);
    both("GIT_SYNC_DEST", "GITSYNC_LINK", LINK);
    both("GIT_SYNC_ADD_USER", "GITSYNC_ADD_USER", "true");
    both("GIT_SYNC_MAX_SYNC_FAILURES", "GITSYNC_MAX_FAILURES", &keys.max_failures.to_string());
    if has_key {
        both("GIT_SSH_KEY_FILE", "GITSYNC_SSH_KEY_FILE", "/etc/git-secret/ssh");
        both("GIT_SYNC_SSH", "GITSYNC_SSH", "true");
        both("GIT_KNOWN_HOSTS", "GITSYNC_SSH_KNOWN_HOSTS", if has_hosts { "true" } else { "false" });
    }
    if has_hosts {
        both("GIT_SSH_KNOWN_HOSTS_FILE", "GITSYNC_SSH_KNOWN_HOSTS_FILE", "/etc/git-secret/known_hosts");
    }
    match keys.wait {
        Some(wait) => both("GIT_SYNC_WAIT", "GITSYNC_PERIOD", &wait.to_string()),
        None => env.push(plain("GITSYNC_PERIOD", &*keys.period)),
    }
    if secrets.git_credentials.wanted && !has_key {
        env.extend(USERNAMES.into_iter().chain(PASSWORDS).map(|name| env::of_key(name, &secrets.git_credentials, name)));
    }
    if let Some(app) = &keys.github_app {
        env.extend(github(app));
        env.push(env::of_secret("GITSYNC_GITHUB_APP_PRIVATE_KEY", &secrets.github_app));
    }
    env
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
