//! Kerberos.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{Line, SecretValue};

/// Kerberos.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Kerberos {
    /// Whether tasks get Kerberos tickets. Not supported yet.
    pub enabled: bool,
    /// The folder of the ticket cache.
    pub ccache_mount_path: Line,
    /// The file name of the ticket cache.
    pub ccache_file_name: Line,
    /// Where `krb5.conf` is mounted.
    pub config_path: Line,
    /// The keytab, in base64.
    pub keytab_base64_content: Option<SecretValue>,
    /// Where the keytab is mounted.
    pub keytab_path: Line,
    /// The principal that tickets are requested for.
    pub principal: Line,
    /// Seconds between two renewals of the ticket.
    pub reinit_frequency: u32,
    /// The text of `krb5.conf`.
    pub config: Option<String>,
}

impl Kerberos {
    /// Whether the values ask for it.
    #[must_use]
    pub fn is_asked_for(&self) -> bool {
        self.enabled
    }
}
