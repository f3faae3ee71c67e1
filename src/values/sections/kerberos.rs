//! Kerberos.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{AbsolutePath, Annotations, Line, OwnSecret, SecretForm, SecretGroup, SecretValue};

/// Kerberos: Celery's workers and the pods of tasks get the keytab, `krb5.conf` and a cache for tickets. Who fills the cache
/// say `workers.celery.kerberosSidecar` and its like.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Kerberos {
    /// Whether tasks get Kerberos tickets. Default: `false`.
    pub enabled: bool,
    /// The folder of the ticket cache, which is a volume that the containers of a pod share. Default: `/var/kerberos-ccache`.
    pub ccache_mount_path: Line,
    /// The file name of the ticket cache. Default: `cache`.
    pub ccache_file_name: Line,
    /// Where `krb5.conf` is mounted. Default: `/etc/krb5.conf`.
    pub config_path: AbsolutePath,
    /// The keytab, in base64. Without it, the Secret `RELEASE-kerberos-keytab` with the key `kerberos.keytab` must exist.
    pub keytab_base64_content: Option<SecretValue>,
    /// Where the keytab is mounted. Default: `/etc/airflow.keytab`.
    pub keytab_path: Line,
    /// The principal that tickets are requested for. Default: `airflow@FOO.COM`, an example.
    pub principal: Line,
    /// After how many seconds the sidecar gets a new ticket, and for how many minutes it asks that a ticket can be renewed
    /// (Airflow: `[kerberos] reinit_frequency`). Default: 3600.
    pub reinit_frequency: u32,
    /// The text of `krb5.conf`. Default: none, so that the image's own counts. The chart has an example of a realm that nobody
    /// has.
    pub config: Option<String>,
}

impl Kerberos {
    /// The Secret with the keytab, for workers that may be there.
    #[must_use]
    pub fn keytab(&self, are_there: bool) -> OwnSecret<'_> {
        let is_wanted = self.enabled && are_there;
        OwnSecret {
            id: "keytab",
            values_key: "kerberos.keytabBase64Content",
            object_name: "kerberos-keytab",
            key: "kerberos.keytab",
            form: SecretForm::Base64,
            value: self.keytab_base64_content.as_ref().filter(|_| is_wanted),
            existing: None,
            is_wanted,
            any_will_do: false,
            variable: None,
            checksum: Some("kerberos-keytab"),
            is_made_once: false,
            annotations: Annotations::default(),
            group: SecretGroup::Keys,
        }
    }
}
