//! Where the logs of tasks are kept.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{EmptyDir, Persistence};

/// Where the logs of tasks are kept.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Logs {
    /// Logs on a volume. Without one they go with the pods.
    pub persistence: Persistence,
    /// The volume where `persistence.enabled` is `false`. Default: without limits.
    pub empty_dir_config: EmptyDir,
}
