//! The service accounts that pods run as.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{Annotations, DnsLabel, DnsSubdomain, Line, MountPath};

/// The service account that pods run as (Kubernetes: `ServiceAccount`).
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct ServiceAccount {
    /// Whether the `ServiceAccount` is created; if not, it must exist. Default: `true`.
    pub create: Option<bool>,
    /// The account's name. Default: derived from the component's name; with `create: false`, `default`.
    pub name: Option<DnsSubdomain>,
    /// Annotations of the account, such as the cloud role that it assumes. Default: none.
    pub annotations: Annotations,
    /// Whether the account's token is mounted in the pods, so that they can use the Kubernetes API. Default: `true`.
    pub automount_service_account_token: Option<bool>,
    /// A token volume of your own, for `automountServiceAccountToken: false`. Of `cleanup` the chart has it since 1.22.
    pub service_account_token_volume: TokenVolume,
}

impl ServiceAccount {
    /// The name that the user gives; the empty one stands for none.
    #[must_use]
    pub fn given_name(&self) -> Option<&str> {
        self.name.as_ref().and_then(|name| name.given())
    }
}

/// A volume with a token of the account (Kubernetes: projected `serviceAccountToken`).
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct TokenVolume {
    /// Whether the volume is mounted if `automountServiceAccountToken` is `false`. Default: `false`.
    pub enabled: bool,
    /// The folder that the token is mounted in. Default: the one that Kubernetes uses.
    pub mount_path: Option<MountPath>,
    /// The volume's name. Default: `kube-api-access`.
    pub volume_name: Option<DnsLabel>,
    /// How long a token is valid, in seconds. Default: 3600.
    #[schemars(range(min = 600))]
    pub expiration_seconds: Option<u32>,
    /// The audience of the token. Default: the Kubernetes API.
    pub audience: Option<Line>,
}
