//! Where DAGs come from, and where logs go: claims, volumes, and git-sync.

use serde_json::{Value, json};

use super::env::plain;
use super::secrets::{PASSWORDS, USERNAMES};
use super::{Basis, env};
use crate::model::External;
use crate::model::volume::{self, PersistentVolume};
use crate::values::{Component, Line, Need, Persistence, Values};

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
fn claim(basis: &Basis<'_>, keys: &Persistence, base: &'static str) -> Value {
    let made = keys.enabled && keys.existing().is_none();
    let volume = volume(basis, base);
    json!({
        "name": keys.enabled.then(|| keys.existing().map_or_else(|| basis.names.of(base), str::to_owned)),
        "make": made,
        "labels": basis.labelling.of(&format!("{base}-pvc")),
        "annotations": keys.annotations,
        "accessMode": volume::access_mode(basis.values, base, keys),
        "size": keys.size,
        // A claim that binds a certain volume must ask for no class, or the default one makes another.
        "storageClassName": keys.storage_class_name.as_deref().or(volume.as_ref().map(|_| "")),
        "volumeName": volume.map(|volume| volume.name),
        "subPath": keys.sub_path.as_ref().and_then(|path| path.given()),
    })
}

/// The volume that the claim binds, if it is described in the values.
fn volume(basis: &Basis<'_>, base: &'static str) -> Option<PersistentVolume> {
    let described = volume::described(basis.values).find(|one| one.section == base)?;
    let namespace = basis.names.namespace.as_str();
    // Volumes are the cluster's, and so is what identifies them for their driver. No namespace has a dot in it.
    let name = format!("{namespace}.{}", basis.names.of(base));
    Some(volume::persistent_volume(basis.values, described, name.clone(), &name, namespace))
}

/// Where DAGs come from.
pub fn dags(basis: &Basis<'_>) -> Value {
    let keys = &basis.values.dags;
    json!({
        "claim": claim(basis, &keys.persistence, "dags"),
        "volume": volume(basis, "dags"),
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
        "volume": volume(basis, "logs"),
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
    if secrets.git_credentials.wanted && ssh_key.is_none() {
        env.extend(USERNAMES.into_iter().chain(PASSWORDS).map(|name| env::from_key(name, &secrets.git_credentials, name)));
    }
    if let Some(app) = &keys.github_app {
        let text = |text: &Option<Line>| text.as_ref().and_then(|text| text.given()).map(str::to_owned);
        let settings = [
            ("GITSYNC_GITHUB_APP_CLIENT_ID", text(&app.client_id)),
            ("GITSYNC_GITHUB_APP_APPLICATION_ID", app.application_id.as_ref().map(|id| id.to_string())),
            ("GITSYNC_GITHUB_APP_INSTALLATION_ID", Some(app.installation_id.to_string())),
            ("GITSYNC_GITHUB_BASE_URL", app.base_url.as_ref().and_then(|url| url.given()).map(str::to_owned)),
        ];
        env.extend(settings.into_iter().filter_map(|(name, value)| Some(plain(name, &value?))));
        env.push(env::from("GITSYNC_GITHUB_APP_PRIVATE_KEY", &secrets.github_app));
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
    claims.filter_map(|keys| keys.existing()).map(|name| External::object("PersistentVolumeClaim", name)).collect()
}
