//! Sidecars and init containers that several components have.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{ContainerSecurityContexts, Lifecycle, Resources, Variable};

/// The log groomer: a sidecar that removes old logs.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct LogGroomer {
    /// Whether it runs. Default: `true`.
    pub enabled: Option<bool>,
    /// The command of the container. Default: the image's.
    pub command: Option<Vec<String>>,
    /// The arguments of the command. Default: `[bash, /clean-logs]`, the image's own script.
    pub args: Option<Vec<String>>,
    /// How long logs are kept, in days. Default: 15.
    pub retention_days: Option<u32>,
    /// How many minutes logs are kept beyond `retentionDays`. Default: 0.
    pub retention_minutes: Option<u32>,
    /// Minutes between two clean-ups. Default: 15.
    pub frequency_minutes: Option<u32>,
    /// The maximum size of the logs, in bytes; 0 means no limit. Default: 0.
    pub max_size_bytes: Option<u64>,
    /// The maximum size of the logs, in percent of the disk; 0 means no limit. Default: 0.
    #[schemars(range(min = 0, max = 100))]
    pub max_size_percent: Option<u32>,
    /// Resources of the container. Default: none.
    pub resources: Resources,
    /// Environment variables of the container. Default: none.
    pub env: Vec<Variable>,
    /// The container's security context.
    pub security_contexts: ContainerSecurityContexts,
    /// Lifecycle hooks: what runs after the container starts (`postStart`) and before it stops (`preStop`). Default: the
    /// general `containerLifecycleHooks`.
    pub container_lifecycle_hooks: Lifecycle,
}

/// The log groomer of workers.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct WorkerLogGroomer {
    /// The log groomer.
    #[serde(flatten)]
    pub groomer: LogGroomer,
    /// Whether it runs beside workers with a volume of their own alone. Default: `true`. The chart has it since 1.22.
    pub require_persistence: Option<bool>,
}

/// The init container that waits until the database is migrated to this version of Airflow.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct WaitForMigrations {
    /// Whether it runs. Default: `true`.
    pub enabled: Option<bool>,
    /// Environment variables of the container. Default: none.
    pub env: Vec<Variable>,
    /// The container's security context.
    pub security_contexts: ContainerSecurityContexts,
}

/// A container that runs Kerberos.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct KerberosContainer {
    /// Whether it runs. Default: `false`.
    pub enabled: Option<bool>,
    /// Resources of the container. Default: none.
    pub resources: Resources,
    /// The container's security context.
    pub security_contexts: ContainerSecurityContexts,
    /// Lifecycle hooks: what runs after the container starts (`postStart`) and before it stops (`preStop`). Default: the
    /// general `containerLifecycleHooks`.
    pub container_lifecycle_hooks: Lifecycle,
}
