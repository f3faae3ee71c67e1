//! Containers beside the main one that several components have.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{ContainerSecurityContexts, Lifecycle, Resources, Variable};

/// The container that removes old logs.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct LogGroomer {
    /// Whether it runs. Default: `true`.
    pub enabled: Option<bool>,
    /// The command of the container. Default: the image's.
    pub command: Option<Vec<String>>,
    /// The arguments of the command. Default: `[bash, /clean-logs]`, the image's own script.
    pub args: Option<Vec<String>>,
    /// Days that logs are kept. Default: 15.
    pub retention_days: Option<u32>,
    /// Minutes that logs are kept besides. Default: 0.
    pub retention_minutes: Option<u32>,
    /// Minutes between two looks at the logs. Default: 15.
    pub frequency_minutes: Option<u32>,
    /// The most bytes that logs may take; 0 stands for any number. Default: 0.
    pub max_size_bytes: Option<u64>,
    /// The most that logs may take, in percent of the disk; 0 stands for all of it. Default: 0.
    #[schemars(range(min = 0, max = 100))]
    pub max_size_percent: Option<u32>,
    /// Resources of the container. Default: none said.
    pub resources: Resources,
    /// Environment variables of the container. Default: none.
    pub env: Vec<Variable>,
    /// The container's security context.
    pub security_contexts: ContainerSecurityContexts,
    /// What runs when the container starts and before it ends. Default: the general `containerLifecycleHooks`.
    pub container_lifecycle_hooks: Lifecycle,
}

/// The container that waits, before the others start, until the database has the tables of this version of Airflow.
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

/// A container with Kerberos.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct KerberosContainer {
    /// Whether it runs. Default: `false`.
    pub enabled: Option<bool>,
    /// Resources of the container. Default: none said.
    pub resources: Resources,
    /// The container's security context.
    pub security_contexts: ContainerSecurityContexts,
    /// What runs when the container starts and before it ends. Default: the general `containerLifecycleHooks`.
    pub container_lifecycle_hooks: Lifecycle,
}
