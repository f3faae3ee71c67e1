//! Security contexts: which user and rights containers run with.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{ContainerSecurityContext, PodSecurityContext};

/// The security contexts of pods and of their main container.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct SecurityContexts {
    /// The pods' security context. Default: the general `securityContexts.pod`; for components with a `uid` of their own, that
    /// user.
    pub pod: PodSecurityContext,
    /// The main container's security context. Default: the general `securityContexts.containers`; for components with a
    /// `uid` of their own, no privilege escalation and no capabilities.
    pub container: ContainerSecurityContext,
}

/// The security context of a sidecar or init container.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct ContainerSecurityContexts {
    /// The container's security context. Default: no privilege escalation, no capabilities.
    pub container: ContainerSecurityContext,
}

/// The security contexts of all pods and containers that have none of their own.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct GeneralSecurityContexts {
    /// The pods' security context. Default: `runAsUser` is `uid`, `fsGroup` is `gid`.
    pub pod: PodSecurityContext,
    /// The containers' security context. Default: no privilege escalation, no capabilities.
    pub containers: ContainerSecurityContext,
    /// The same, and before it: the chart reads both names. Default: none.
    pub container: ContainerSecurityContext,
}

impl GeneralSecurityContexts {
    /// The containers' security context under either name, the one that counts first.
    #[must_use]
    pub fn of_containers(&self) -> [&ContainerSecurityContext; 2] {
        [&self.container, &self.containers]
    }
}
