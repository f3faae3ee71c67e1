//! The keys with which Airflow encrypts and signs.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{Annotations, DnsSubdomain, Optional, SecretValue};

/// The keys with which Airflow encrypts and signs, and the Secrets that they are in.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Keys {
    /// The key that encrypts connections and variables in the database: 44 characters of url-safe base64, as
    /// `cryptography.fernet.Fernet.generate_key()` makes it, or several with commas between, the newest first.
    pub fernet_key: Option<SecretValue>,
    /// The name of a Secret that exists and holds the key as `fernet-key`, in the place of `fernetKey`.
    #[schemars(extend("writeOnly" = true))]
    pub fernet_key_secret_name: Optional<DnsSubdomain>,
    /// Annotations of the Secret with the fernet key. Default: none.
    pub fernet_key_secret_annotations: Annotations,
    /// The key that signs sessions of the API server, since Airflow 3 (Airflow: `[api] secret_key`).
    pub api_secret_key: Option<SecretValue>,
    /// The name of a Secret that exists and holds the key as `api-secret-key`, in the place of `apiSecretKey`.
    #[schemars(extend("writeOnly" = true))]
    pub api_secret_key_secret_name: Optional<DnsSubdomain>,
    /// Annotations of the Secret with the key of sessions. Default: none.
    pub api_secret_annotations: Annotations,
    /// The key that signs the tokens by which tasks talk to the API server, since Airflow 3 (Airflow: `[api_auth]
    /// jwt_secret`).
    pub jwt_secret: Option<SecretValue>,
    /// The name of a Secret that exists and holds the key as `jwt-secret`, in the place of `jwtSecret`.
    #[schemars(extend("writeOnly" = true))]
    pub jwt_secret_name: Optional<DnsSubdomain>,
    /// Annotations of the Secret with the key of tokens. Default: none.
    pub jwt_secret_annotations: Annotations,
    /// The key that signs sessions of the webserver, before Airflow 3 (Airflow: `[webserver] secret_key`).
    pub webserver_secret_key: Option<SecretValue>,
    /// The name of a Secret that exists and holds the key as `webserver-secret-key`, in the place of
    /// `webserverSecretKey`.
    #[schemars(extend("writeOnly" = true))]
    pub webserver_secret_key_secret_name: Optional<DnsSubdomain>,
    /// Annotations of the Secret with the key of sessions. Default: none.
    pub webserver_secret_annotations: Annotations,
}

impl Keys {
    /// The Secret with the fernet key that exists, in the place of one that is made.
    #[must_use]
    pub fn existing_fernet_key_secret(&self) -> Option<&str> {
        self.fernet_key_secret_name.as_deref()
    }
}
