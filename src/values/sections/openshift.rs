//! What OpenShift asks of pods.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// OpenShift, whose security context constraint `restricted-v2` decides as whom pods run.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Openshift {
    /// Whether the cluster decides as which user and group pods run. No pod says `runAsUser`, `runAsGroup` or `fsGroup` then, those
    /// of tasks, of Redis and of the other servers included, and the keys `uid` and `gid` have no effect. Each says that it is not
    /// root and has the seccomp profile of the container runtime. What you give in `securityContexts` stays as it is. Default:
    /// `false`.
    pub enabled: bool,
}
