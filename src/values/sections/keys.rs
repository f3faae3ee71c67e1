//! The keys with which Airflow encrypts and signs.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{Annotations, DnsSubdomain, JwtPrivateKey, Optional, SecretValue};

/// The keys with which Airflow encrypts and signs, and the Secrets that hold them.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Keys {
    /// The key that encrypts connections and variables in the database (Airflow: `[core] fernet_key`): 44 characters of
    /// url-safe base64, as `cryptography.fernet.Fernet.generate_key()` makes it; or several, separated by commas, the
    /// newest first.
    pub fernet_key: Option<SecretValue>,
    /// The name of an existing Secret that holds the key under the key `fernet-key`, instead of `fernetKey`.
    #[schemars(extend("writeOnly" = true))]
    pub fernet_key_secret_name: Optional<DnsSubdomain>,
    /// Annotations of the Secret with the fernet key. Default: none.
    pub fernet_key_secret_annotations: Annotations,
    /// The key that signs sessions of the API server, since Airflow 3 (Airflow: `[api] secret_key`).
    pub api_secret_key: Option<SecretValue>,
    /// The name of an existing Secret that holds the key under the key `api-secret-key`, instead of `apiSecretKey`.
    #[schemars(extend("writeOnly" = true))]
    pub api_secret_key_secret_name: Optional<DnsSubdomain>,
    /// Annotations of the Secret with the session key. Default: none.
    pub api_secret_annotations: Annotations,
    /// The key that signs the tokens with which tasks log in to the API server, since Airflow 3 (Airflow:
    /// `[api_auth] jwt_secret`).
    pub jwt_secret: Option<SecretValue>,
    /// The name of an existing Secret that holds the key under the key `jwt-secret`, instead of `jwtSecret`.
    #[schemars(extend("writeOnly" = true))]
    pub jwt_secret_name: Optional<DnsSubdomain>,
    /// Annotations of the Secret with the token key. Default: none.
    pub jwt_secret_annotations: Annotations,
    /// A private key that signs those tokens, in the place of `jwtSecret` (Airflow: `[api_auth] jwt_private_key_path`). Default:
    /// none. The chart does not have this key.
    pub jwt_private_key: Option<JwtPrivateKey>,
    /// The key that signs sessions of the webserver, before Airflow 3 (Airflow: `[webserver] secret_key`).
    pub webserver_secret_key: Option<SecretValue>,
    /// The name of an existing Secret that holds the key under the key `webserver-secret-key`, instead of
    /// `webserverSecretKey`.
    #[schemars(extend("writeOnly" = true))]
    pub webserver_secret_key_secret_name: Optional<DnsSubdomain>,
    /// Annotations of the Secret with the session key. Default: none.
    pub webserver_secret_annotations: Annotations,
}

impl Keys {
    /// The existing Secret with the fernet key, if one is given.
    #[must_use]
    pub fn existing_fernet_key_secret(&self) -> Option<&str> {
        self.fernet_key_secret_name.as_deref()
    }
}
