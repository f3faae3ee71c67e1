//! Where DAGs come from, and where logs go: claims, volumes, and git-sync.

use serde_json::{Value, json};

use super::env::plain;
use super::{Basis, env};
use crate::model::External;
use crate::values::{Component, Need, Persistence, Values};

/// The volume that git-sync's containers have, and the link in it that leads to the newest checkout.
const ROOT: &str = "/git";
const LINK: &str = "repo";

/// Where Airflow's containers have the volume with DAGs.
fn mount_path(basis: &Basis<'_>) -> String {
    let given = basis.values.dags.mount_path.as_ref().and_then(|path| path.given());
    given.map_or_else(|| format!("{}/dags", basis.names.home), str::to_owned)
}

/// Where Airflow looks for DAGs.
pub fn folder(basis: &Basis<'_>) -> String {
    let keys = &basis.values.dags;
    if !keys.git_sync.enabled {
        return mount_path(basis);
    }
    [mount_path(basis).as_str(), LINK, &keys.git_sync.sub_path].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/")
}

/// Whether a component reads DAGs from where they are.
pub fn mounted(values: &Values, component: &dyn Component) -> bool {
    let needs = component.needs();
    let alone = !values.dag_processor.runs(values) || values.executor.uses_local();
    needs.contains(&Need::Dags) || needs.contains(&Need::DagsIfAlone) && alone
}

/// Whether it is this component whose git-sync fetches into a volume that all share.
pub fn keeps_volume(values: &Values, component: &dyn Component) -> bool {
    let processor = Need::DagsFirst;
    component.needs().contains(&processor) || component.needs().contains(&Need::DagsIfAlone) && mounted(values, component)
}

/// The claim of something that outlives the pods.
fn claim(basis: &Basis<'_>, keys: &Persistence, base: &str) -> Value {
    let made = keys.enabled && keys.existing().is_none();
    json!({
        "name": keys.enabled.then(|| keys.existing().map_or_else(|| basis.names.of(base), str::to_owned)),
        "make": made,
        "labels": basis.labelling.of(&format!("{base}-pvc")),
        "annotations": keys.annotations,
        "accessMode": keys.access_mode,
        "size": keys.size,
        "storageClassName": keys.storage_class_name,
        "subPath": keys.sub_path.as_ref().and_then(|path| path.given()),
    })
}

/// Where DAGs come from.
pub fn dags(basis: &Basis<'_>) -> Value {
    let keys = &basis.values.dags;
    json!({
        "claim": claim(basis, &keys.persistence, "dags"),
        "mountPath": mount_path(basis),
        "onVolume": keys.persistence.enabled,
        "fromGit": keys.git_sync.enabled,
        "emptyDir": keys.git_sync.empty_dir_config.0,
    })
}

/// Where logs go.
pub fn logs(basis: &Basis<'_>) -> Value {
    let keys = &basis.values.logs;
    json!({
        "claim": claim(basis, &keys.persistence, "logs"),
        "mountPath": format!("{}/logs", basis.names.home),
        "emptyDir": keys.empty_dir_config.0,
    })
}

/// The containers of git-sync, if DAGs come from git.
pub fn git_sync(basis: &Basis<'_>) -> Option<Value> {
    let keys = &basis.values.dags.git_sync;
    if !keys.enabled {
        return None;
    }
    let secrets = &basis.secrets;
    // Each setting has a name for git-sync 3 and one for git-sync 4; each takes its own.
    let mut env = vec![plain("GIT_SYNC_REV", &keys.rev), plain("GITSYNC_REF", &keys.reference), plain("GIT_SYNC_BRANCH", &keys.branch)];
    let mut both = |old: &str, new: &str, value: &str| env.extend([plain(old, value), plain(new, value)]);
    both("GIT_SYNC_REPO", "GITSYNC_REPO", &keys.repo);
    both("GIT_SYNC_DEPTH", "GITSYNC_DEPTH", &keys.depth.to_string());
    both("GIT_SYNC_ROOT", "GITSYNC_ROOT", ROOT);
    both("GIT_SYNC_DEST", "GITSYNC_LINK", LINK);
    both("GIT_SYNC_ADD_USER", "GITSYNC_ADD_USER", "true");
    both("GIT_SYNC_MAX_SYNC_FAILURES", "GITSYNC_MAX_FAILURES", &keys.max_failures.to_string());
    let ssh_key = secrets.git_ssh_key.wanted.then(|| secrets.git_ssh_key.name.clone());
    let known_hosts = keys.known_hosts.as_ref().is_some_and(|hosts| !hosts.is_empty()) && ssh_key.is_some();
    if ssh_key.is_some() {
        both("GIT_SSH_KEY_FILE", "GITSYNC_SSH_KEY_FILE", "/etc/git-secret/ssh");
        both("GIT_SYNC_SSH", "GITSYNC_SSH", "true");
        both("GIT_KNOWN_HOSTS", "GITSYNC_SSH_KNOWN_HOSTS", if known_hosts { "true" } else { "false" });
        if known_hosts {
            both("GIT_SSH_KNOWN_HOSTS_FILE", "GITSYNC_SSH_KNOWN_HOSTS_FILE", "/etc/git-secret/known_hosts");
        }
    }
    match keys.wait {
        Some(wait) => both("GIT_SYNC_WAIT", "GITSYNC_PERIOD", &wait.to_string()),
        None => env.push(plain("GITSYNC_PERIOD", &keys.period)),
    }
    if let Some(secret) = keys.credentials_secret.as_ref().and_then(|name| name.given()).filter(|_| ssh_key.is_none()) {
        env.extend(
            ["GIT_SYNC_USERNAME", "GITSYNC_USERNAME", "GIT_SYNC_PASSWORD", "GITSYNC_PASSWORD"]
                .map(|name| json!({"name": name, "valueFrom": {"secretKeyRef": {"name": secret, "key": name}}})),
        );
    }
    let once = [plain("GIT_SYNC_ONE_TIME", "true"), plain("GITSYNC_ONE_TIME", "true")];
    let bind = format!(":{}", keys.http_port);
    let always = [plain("GIT_SYNC_HTTP_BIND", &bind), plain("GITSYNC_HTTP_BIND", &bind)];
    let own = env::own(&keys.env);
    let security = [&keys.security_contexts.container.0, &keys.security_context.0];
    let security = security.into_iter().find(|context| context.as_object().is_some_and(|map| !map.is_empty())).cloned();
    Some(json!({
        "name": keys.container_name,
        "initName": format!("{}-init", &*keys.container_name),
        "root": ROOT,
        "initEnv": env::joined([&env, &once, &own]),
        "env": env::joined([&env, &always, &own]),
        "envFrom": super::yaml_texts::yaml_list(keys.env_from.as_deref()),
        "securityContext": security.unwrap_or_else(|| json!({"runAsUser": keys.uid})),
        "lifecycle": keys.container_lifecycle_hooks.0,
        "resources": keys.resources,
        "extraVolumeMounts": keys.extra_volume_mounts,
        "sshKeySecret": ssh_key,
        "knownHosts": known_hosts,
        "startupProbe": probe(keys.startup_probe.enabled, &keys.startup_probe, keys.http_port),
        "livenessProbe": if keys.recommended_probe_setting {
            probe(Some(keys.liveness_probe.enabled != Some(false)), &keys.liveness_probe, keys.http_port)
        } else {
            json!(keys.liveness_probe.own())
        },
        "readinessProbe": if keys.recommended_probe_setting { Value::Null } else { keys.readiness_probe.0.clone() },
    }))
}

/// A probe that asks git-sync itself.
fn probe(enabled: Option<bool>, keys: &crate::values::GitSyncProbe, port: u16) -> Value {
    if enabled != Some(true) {
        return Value::Null;
    }
    let mut probe = json!(keys.probe);
    probe["httpGet"] = json!({"path": "/", "port": port});
    probe
}

/// What has to exist: the claims that are named.
pub fn external(basis: &Basis<'_>) -> Vec<External> {
    let claims = [&basis.values.dags.persistence, &basis.values.logs.persistence].into_iter().filter(|keys| keys.enabled);
    claims.filter_map(|keys| keys.existing()).map(|name| External { kind: "PersistentVolumeClaim", name: name.to_owned() }).collect()
}
