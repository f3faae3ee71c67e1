//! Where task logs are stored.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{EmptyDir, Persistence, RemoteLogs};

/// Where task logs are stored.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Logs {
    /// A volume for task logs. Without it, logs are deleted with their pods.
    pub persistence: Persistence,
    /// The emptyDir volume that is used when `persistence.enabled` is `false`. Default: no limits.
    pub empty_dir_config: EmptyDir,
    /// The bucket of a cloud in which task logs are kept. Default: none. The chart does not have this key.
    pub remote: Option<RemoteLogs>,
}
