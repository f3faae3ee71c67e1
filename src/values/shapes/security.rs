//! As whom containers run.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{ContainerSecurityContext, PodSecurityContext};

/// The security contexts of pods and of their main container.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct SecurityContexts {
    /// The pods'. Default: the general one, which runs as `uid` with the group `gid`.
    pub pod: PodSecurityContext,
    /// The main container's. Default: no more rights than it begins with.
    pub container: ContainerSecurityContext,
}

/// The security context of a container beside the main one.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct ContainerSecurityContexts {
    /// The container's. Default: no more rights than it begins with.
    pub container: ContainerSecurityContext,
}

/// The security contexts of all pods and containers that have none of their own.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct GeneralSecurityContexts {
    /// The pods'. Default: `runAsUser` is `uid`, `fsGroup` is `gid`.
    pub pod: PodSecurityContext,
    /// The containers'. Default: no privilege escalation, no capabilities.
    pub containers: ContainerSecurityContext,
}
