//! What containers of Airflow have in common, and the containers beside the main ones.

use serde_json::{Value, json};

use super::{Basis, env};
use crate::values::{
    ContainerSecurityContext, ContainerSecurityContexts, Lifecycle, LogGroomer, PodSecurityContext, WaitForMigrations, Workload,
};

/// The first that says anything.
fn first<const N: usize>(candidates: [&Value; N]) -> Option<&Value> {
    candidates.into_iter().find(|value| value.as_object().is_some_and(|map| !map.is_empty()))
}

/// What a container may do where nobody says otherwise: no more than it begins with.
fn restricted() -> Value {
    json!({"allowPrivilegeEscalation": false, "capabilities": {"drop": ["ALL"]}})
}

/// The security context of a pod of Airflow: its own, or the general one.
pub fn pod_security(basis: &Basis<'_>, own: &Workload) -> Value {
    let general = basis.values;
    let PodSecurityContext(old) = &own.security_context;
    first([&own.security_contexts.pod.0, old, &general.security_contexts.pod.0, &general.security_context.0])
        .cloned()
        .unwrap_or_else(|| json!({"runAsUser": general.uid, "fsGroup": general.gid}))
}

/// The security context of a pod of something else than Airflow: its own, or its user.
pub fn foreign_pod_security(own: &Workload, uid: u32) -> Value {
    first([&own.security_contexts.pod.0, &own.security_context.0]).cloned().unwrap_or_else(|| json!({"runAsUser": uid}))
}

/// The security context of a container of Airflow: its own, or the general one.
pub fn security(basis: &Basis<'_>, own: &ContainerSecurityContext) -> Value {
    first([&own.0, &basis.values.security_contexts.containers.0]).cloned().unwrap_or_else(restricted)
}

/// The security context of a container of something else than Airflow.
pub fn foreign_security(own: &ContainerSecurityContext) -> Value {
    first([&own.0]).cloned().unwrap_or_else(restricted)
}

/// What runs when a container starts and before it ends: its own, or what is general.
pub fn lifecycle(basis: &Basis<'_>, own: &Lifecycle) -> Option<Value> {
    first([&own.0, &basis.values.container_lifecycle_hooks.0]).cloned()
}

/// The container that waits for the database.
pub fn wait_for_migrations(basis: &Basis<'_>, keys: &WaitForMigrations) -> Option<Value> {
    let ContainerSecurityContexts { container } = &keys.security_contexts;
    (keys.enabled == Some(true)).then(|| {
        json!({
            "securityContext": security(basis, container),
            "env": env::joined([&env::custom(basis), &env::standard(basis, false), &env::own(&keys.env)]),
        })
    })
}

/// The container that removes old logs.
pub fn log_groomer(basis: &Basis<'_>, keys: &LogGroomer) -> Option<Value> {
    if keys.enabled != Some(true) {
        return None;
    }
    let number =
        |name: &str, value: Option<u64>| value.filter(|value| *value != 0).map(|value| json!({"name": name, "value": value.to_string()}));
    let bounds = [
        number("AIRFLOW__LOG_RETENTION_DAYS", keys.retention_days.map(u64::from)),
        number("AIRFLOW__LOG_RETENTION_MINUTES", keys.retention_minutes.map(u64::from)),
        number("AIRFLOW__LOG_CLEANUP_FREQUENCY_MINUTES", keys.frequency_minutes.map(u64::from)),
        number("AIRFLOW__LOG_MAX_SIZE_BYTES", keys.max_size_bytes),
        number("AIRFLOW__LOG_MAX_SIZE_PERCENT", keys.max_size_percent.map(u64::from)),
    ];
    let bounds: Vec<Value> = bounds.into_iter().flatten().collect();
    let home = json!({"name": "AIRFLOW_HOME", "value": basis.values.airflow_home});
    Some(json!({
        "command": keys.command,
        "args": keys.args,
        "resources": keys.resources,
        "securityContext": security(basis, &keys.security_contexts.container),
        "lifecycle": lifecycle(basis, &keys.container_lifecycle_hooks),
        "env": env::joined([&[home], &bounds, &env::own(&keys.env)]),
    }))
}
