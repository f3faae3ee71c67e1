//! The accounts that pods run as.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{Annotations, DnsLabel, DnsSubdomain, Line};

/// The account that pods run as.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct ServiceAccount {
    /// Whether the account is among the manifests; if not, it has to exist. Default: `true`.
    pub create: Option<bool>,
    /// The account's name. Default: made from the component's; `default` for one that is not made.
    pub name: Option<DnsSubdomain>,
    /// Annotations of the account, such as a cloud's role. Default: none.
    pub annotations: Annotations,
    /// Whether pods have the account's token, with which they may use the Kubernetes API. Default: `true`.
    pub automount_service_account_token: Option<bool>,
    /// A token that is mounted by hand, where it is not mounted by itself.
    pub service_account_token_volume: TokenVolume,
}

/// A token of the account that is mounted by hand.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct TokenVolume {
    /// Whether it is mounted, where `automountServiceAccountToken` is `false`. Default: `false`.
    pub enabled: bool,
    /// The folder of the token. Default: where Kubernetes has it by itself.
    pub mount_path: Option<Line>,
    /// The volume's name. Default: `kube-api-access`.
    pub volume_name: Option<DnsLabel>,
    /// Seconds that a token is valid. Default: 3600.
    #[schemars(range(min = 600))]
    pub expiration_seconds: Option<u32>,
    /// For whom the token is. Default: the Kubernetes API.
    pub audience: Option<Line>,
}
