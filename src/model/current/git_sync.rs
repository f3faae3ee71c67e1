//! git-sync's containers, which fetch DAGs from git.

mod settings;

use serde::Serialize;
use serde_json::Value;

use super::basis::Basis;
use super::security::{self, Security};
use crate::model::variable::{self, Env};
use crate::values::{GitSyncProbe, Probe, Resources, VolumeMount, yaml_list};
use settings::{ROOT, Settings};

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
        let settings = Settings::of(basis, has_hosts);
        let http = |probe: &'v GitSyncProbe| GitProbe::Http { probe: &probe.probe, http_get: HttpGet { path: "/", port: keys.http_port } };
        let recommended = keys.recommended_probe_setting;
        Some(Self {
            name: &keys.container_name,
            init_name: format!("{}-init", &*keys.container_name),
            root: ROOT,
            init_env: variable::joined([settings.once(), variable::own(&keys.env)]),
            env: variable::joined([settings.always(keys.http_port), variable::own(&keys.env)]),
            env_from: yaml_list(keys.env_from.as_deref()),
            security_context: security::of_user(basis, &keys.security_contexts.container, &keys.security_context, keys.uid),
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
