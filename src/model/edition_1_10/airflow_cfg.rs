//! airflow.cfg of Airflow 1.10, apart from the user's own options.

use super::component::account_name;
use super::env;
use super::facts::Facts;
use super::git_sync::{DEST, ROOT, branch_and_rev};
use crate::model::airflow_cfg::Sections;
use crate::values::{Component as _, Values};

/// The port that the webserver listens on unless it is told.
const UI_PORT: u16 = 8080;

/// What Airflow 1.10 needs to run as these manifests have it.
pub fn sections(values: &Values, facts: &Facts<'_>) -> Sections {
    let Facts { names, images, namespace, dags, logs, dags_folder, .. } = facts;
    let (airflow, git_sync) = (&images.airflow, facts.git_sync.as_ref());
    let on = |value: bool| if value { "True" } else { "False" };
    let config = names.config();
    let local_settings = values.airflow_local_settings.as_ref().filter(|code| !code.is_empty()).map(|_| config.as_str());
    let executor = &values.executor.to_string();
    let worker = account_name(names, &values.workers);
    let placement = values.workers.both.workload.scheduling.placement.or(&values.placement);
    let env::WorkerEnv { plain, secret } = env::of_workers(values, facts);
    let pull_secrets: Vec<&str> = values.image_pull_secrets.iter().map(crate::values::PullSecret::name).collect();

    let known = git_sync.map(|_| &values.dags.git_sync);
    let (branch, rev) = branch_and_rev(values);
    let fixed = |value: &str| Some(value.to_owned());
    let id = |id: Option<u32>| id.map(|id| id.to_string());
    let or_empty = |value: Option<&str>| Some(value.unwrap_or_default().to_owned());
    // Options without a value are written empty, as the article has them; those that are `None` only on request.
    let kubernetes = vec![
        ("affinity", (!placement.affinity.is_empty()).then(|| placement.affinity.0.to_string())),
        ("airflow_configmap", Some(config.clone())),
        ("airflow_local_settings_configmap", or_empty(local_settings)),
        ("dags_in_image", fixed(on(dags.claim_name.is_none() && git_sync.is_none()))),
        ("dags_volume_claim", or_empty(dags.claim_name.as_deref())),
        // In the article's airflow.cfg, but no option of Airflow 1.10.10.
        ("dags_volume_mount_point", None),
        ("dags_volume_subpath", or_empty(dags.sub_path.as_deref())),
        ("delete_worker_pods", fixed("True")),
        ("fs_group", id(values.gid)),
        // Nothing reads the branch while there is no repository; the word is the article's.
        ("git_branch", fixed(if known.is_some() { branch } else { "v1-10-stable" })),
        ("git_dags_folder_mount_point", or_empty(git_sync.map(|git| git.mount_path.as_str()))),
        ("git_repo", or_empty(known.map(|git| &*git.repo))),
        ("git_ssh_key_secret_name", or_empty(git_sync.and_then(|git| git.ssh_key_secret.as_deref()))),
        ("git_ssh_known_hosts_configmap_name", or_empty(git_sync.and_then(|git| git.known_hosts.as_deref()))),
        ("git_subpath", known.and_then(|git| git.sub_path.given()).map(str::to_owned)),
        ("git_sync_container_repository", Some(images.git_sync.repository.clone())),
        ("git_sync_container_tag", Some(images.git_sync.tag.clone())),
        ("git_sync_credentials_secret", or_empty(git_sync.and_then(|git| git.credentials_secret.as_deref()))),
        // An option since Airflow 1.10.11; before that workers always fetch one commit.
        ("git_sync_depth", known.filter(|_| values.airflow_version.patch() >= 11).map(|git| git.depth.to_string())),
        ("git_sync_dest", fixed(DEST)),
        ("git_sync_init_container_name", fixed("git-sync")),
        ("git_sync_rev", fixed(rev)),
        ("git_sync_root", fixed(ROOT)),
        ("git_sync_run_as_user", id(git_sync.map_or(values.uid, |git| git.uid))),
        ("image_pull_secrets", Some(pull_secrets.join(","))),
        ("logs_volume_claim", logs.claim_name.clone()),
        ("logs_volume_subpath", logs.sub_path.clone()),
        ("namespace", fixed(namespace)),
        ("run_as_user", id(values.uid)),
        (
            "tolerations",
            (!placement.tolerations.is_empty()).then(|| serde_json::to_string(&placement.tolerations).expect("values are plain data")),
        ),
        ("worker_container_image_pull_policy", Some(airflow.pull_policy.name().to_owned())),
        ("worker_container_repository", Some(airflow.repository.clone())),
        ("worker_container_tag", Some(airflow.tag.clone())),
        ("worker_service_account_name", Some(worker)),
    ];

    let statsd = |value: String| values.statsd.enabled.then_some(value);
    let scheduler = vec![
        ("run_duration", fixed("41460")),
        ("scheduler_heartbeat_sec", fixed("5")),
        ("statsd_host", statsd(names.of(values.statsd.name()))),
        ("statsd_on", fixed(on(values.statsd.enabled))),
        ("statsd_port", statsd(values.ports.statsd_ingest.to_string())),
        ("statsd_prefix", statsd("airflow".to_owned())),
    ];
    let webserver = vec![
        ("enable_proxy_fix", fixed("True")),
        ("expose_config", fixed("True")),
        ("rbac", fixed("True")),
        ("web_server_port", (values.ports.airflow_ui != UI_PORT).then(|| values.ports.airflow_ui.to_string())),
    ];
    let all = |options: &[(&'static str, &str)]| options.iter().map(|(option, value)| (*option, fixed(value))).collect::<Vec<_>>();
    let sections = [
        ("api", all(&[("auth_backend", "airflow.api.auth.backend.deny_all")])),
        ("celery", all(&[("default_queue", "celery")])),
        (
            "core",
            all(&[
                ("colored_console_log", "False"),
                ("dags_folder", dags_folder),
                ("executor", executor),
                ("load_examples", "False"),
                ("remote_logging", "False"),
            ]),
        ),
        ("elasticsearch", all(&[("json_format", "True"), ("log_id_template", "{dag_id}_{task_id}_{execution_date}_{try_number}")])),
        ("elasticsearch_configs", all(&[("max_retries", "3"), ("retry_timeout", "True"), ("timeout", "30")])),
        ("kubernetes", kubernetes),
        ("scheduler", scheduler),
        ("webserver", webserver),
    ];
    let free = [
        ("kubernetes_environment_variables", plain),
        ("kubernetes_node_selectors", placement.node_selector.0.into_iter().collect()),
        ("kubernetes_secrets", secret),
    ];
    let sections = sections.map(|(name, options)| (name, options.into_iter().map(|(option, value)| (option.to_owned(), value)).collect()));
    let free = free.map(|(name, options)| (name, options.into_iter().map(|(option, value)| (option, Some(value))).collect()));
    // The percent signs in these values are not meant as interpolation.
    let escape = |(option, value): (String, Option<String>)| (option, value.map(|value| value.replace('%', "%%")));
    let escaped = |options: Vec<(String, Option<String>)>| options.into_iter().map(escape).collect();
    sections.into_iter().chain(free).map(|(name, options)| (name.to_owned(), escaped(options))).collect()
}
