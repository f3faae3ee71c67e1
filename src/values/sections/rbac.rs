//! Roles and bindings.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Roles and bindings.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Rbac {
    /// Whether roles and their bindings are created. Default: `true`.
    pub create: bool,
    /// Whether the service accounts are bound to OpenShift's security context constraint `anyuid`. Default: `false`.
    #[serde(rename = "createSCCRoleBinding")]
    pub create_scc_role_binding: bool,
}
