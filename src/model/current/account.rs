//! The accounts that pods run as.

use serde::Serialize;

use super::basis::Basis;
use crate::values::{Annotations, Workload};

/// The account that pods run as.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Account<'v> {
    /// Whether it is among the manifests.
    pub create: bool,
    pub name: String,
    automount_service_account_token: Option<bool>,
    annotations: &'v Annotations,
    /// Whether pods get no token unless one is mounted by hand.
    without_token: bool,
    token: Option<Token<'v>>,
}

/// A token that is mounted by hand.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Token<'v> {
    mount_path: Option<&'v str>,
    volume_name: Option<&'v str>,
    expiration_seconds: Option<u32>,
    audience: Option<&'v str>,
}

impl<'v> Account<'v> {
    /// The account of pods, whose name ends with `base` unless the user says another.
    pub fn of(basis: &Basis<'_>, base: &str, workload: &'v Workload) -> Self {
        let keys = &workload.service_account;
        let without_token = keys.automount_service_account_token == Some(false);
        let token = &keys.service_account_token_volume;
        Self {
            create: keys.create == Some(true),
            name: account_name(basis, base, workload),
            automount_service_account_token: keys.automount_service_account_token,
            annotations: &keys.annotations,
            without_token,
            token: (token.enabled && without_token).then_some(Token {
                mount_path: token.mount_path.as_deref(),
                volume_name: token.volume_name.as_deref(),
                expiration_seconds: token.expiration_seconds,
                audience: token.audience.as_deref(),
            }),
        }
    }
}

/// The name of the account that pods run as, which ends with `base` unless the user says another.
pub fn account_name(basis: &Basis<'_>, base: &str, workload: &Workload) -> String {
    let account = &workload.service_account;
    // Without a name, an account that is not made is the one that every namespace has.
    let otherwise = || if account.create == Some(true) { basis.names.account(base) } else { "default".to_owned() };
    account.given_name().map_or_else(otherwise, str::to_owned)
}
