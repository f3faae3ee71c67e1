//! Whether there are network policies.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Network policies, which allow only the connections that Airflow needs.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct NetworkPolicies {
    /// Whether network policies are created. Default: `false`.
    pub enabled: bool,
}
