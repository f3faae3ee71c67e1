//! The containers beside the main ones that several components have.

use serde::Serialize;
use serde_json::Value;

use super::basis::Basis;
use super::env::AirflowEnv;
use super::security::{self, Security};
use crate::model::variable::{self, Env, plain};
use crate::values::{LogGroomer as LogGroomerKeys, Resources, WaitForMigrations as WaitForMigrationsKeys};

/// The container that waits for the database.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WaitForMigrations<'v> {
    security_context: Security<'v>,
    env: Env<'v>,
}

impl<'v> WaitForMigrations<'v> {
    /// The container, if there is one.
    pub fn of(basis: &Basis<'v>, airflow: &AirflowEnv<'v>, keys: &'v WaitForMigrationsKeys) -> Option<Self> {
        (keys.enabled == Some(true)).then(|| Self {
            security_context: security::of_container(basis, &keys.security_contexts.container),
            env: variable::joined([airflow.custom.clone(), airflow.standard.clone(), variable::own(&keys.env)]),
        })
    }

    /// The container beside what has no keys for it.
    pub fn of_nobody(basis: &Basis<'v>, airflow: &AirflowEnv<'v>) -> Self {
        Self { security_context: security::of_general(basis), env: variable::joined([airflow.custom.clone(), airflow.standard.clone()]) }
    }
}

/// The container that removes old logs.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LogGroomer<'v> {
    command: &'v Option<Vec<String>>,
    args: &'v Option<Vec<String>>,
    resources: &'v Resources,
    security_context: Security<'v>,
    lifecycle: Option<&'v Value>,
    env: Env<'v>,
}

impl<'v> LogGroomer<'v> {
    /// The container, if there is one.
    pub fn of(basis: &Basis<'v>, keys: &'v LogGroomerKeys) -> Option<Self> {
        if keys.enabled != Some(true) {
            return None;
        }
        // A frequency or a size of 0 is none; a time of 0 is one.
        let some = |number: Option<u64>| number.filter(|number| *number != 0);
        let bounds = [
            ("AIRFLOW__LOG_RETENTION_DAYS", keys.retention_days.map(u64::from)),
            ("AIRFLOW__LOG_RETENTION_MINUTES", keys.retention_minutes.map(u64::from)),
            ("AIRFLOW__LOG_CLEANUP_FREQUENCY_MINUTES", some(keys.frequency_minutes.map(u64::from))),
            ("AIRFLOW__LOG_MAX_SIZE_BYTES", some(keys.max_size_bytes)),
            ("AIRFLOW__LOG_MAX_SIZE_PERCENT", some(keys.max_size_percent.map(u64::from))),
        ];
        let bounds = bounds.into_iter().filter_map(|(name, bound)| Some(plain(name, bound?.to_string())));
        let home = plain("AIRFLOW_HOME", &*basis.values.airflow_home);
        Some(Self {
            command: &keys.command,
            args: &keys.args,
            resources: &keys.resources,
            security_context: security::of_container(basis, &keys.security_contexts.container),
            lifecycle: security::lifecycle(basis, &keys.container_lifecycle_hooks),
            env: variable::joined([std::iter::once(home).chain(bounds).collect(), variable::own(&keys.env)]),
        })
    }
}
