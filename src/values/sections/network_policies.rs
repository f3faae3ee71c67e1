//! Whether there are network policies.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Policies that let only those talk to each other who have to.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct NetworkPolicies {
    /// Whether there are policies. Default: `false`.
    pub enabled: bool,
}
