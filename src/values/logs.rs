//! Where the logs of tasks are kept.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Persistence;

/// Where the logs of tasks are kept.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Logs {
    /// Logs on a volume; without one they go with their pod.
    pub persistence: Persistence,
}
