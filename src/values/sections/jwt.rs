//! A private key that signs tokens.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{DataKey, HttpUrl, KeyId, ObjectName, Optional};

/// A private key that signs tokens, in a Secret. Scheduler and API server alone have it.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct JwtPrivateKey {
    /// The name of an existing Secret that holds the key: an RSA or an Ed25519 key as PEM, without a password.
    #[schemars(extend("writeOnly" = true))]
    pub secret_name: ObjectName,
    /// The key under which that Secret holds it. Default: `jwt-private-key`.
    #[serde(default)]
    pub secret_key: Option<DataKey>,
    /// The algorithm of the signature (Airflow: `[api_auth] jwt_algorithm`): `RS256` for an RSA key, `EdDSA` for an Ed25519 key. Default:
    /// Airflow sees it by the key.
    #[serde(default)]
    pub algorithm: Option<JwtAlgorithm>,
    /// The identifier of the key in tokens (Airflow: `[api_auth] jwt_kid`). Default: the key's thumbprint.
    #[serde(default)]
    pub key_id: Optional<KeyId>,
    /// The address of a JWK set with the public keys that are trusted (Airflow: `[api_auth] trusted_jwks_url`), such as the old one and
    /// the new one while a key is changed. Default: none; the private key's own is trusted.
    #[serde(default)]
    pub trusted_jwks_url: Optional<HttpUrl>,
    /// The key under which the Secret holds such a set itself, as JSON. Default: none.
    #[serde(default)]
    pub trusted_jwks_secret_key: Option<DataKey>,
}

/// An algorithm of signatures by a private key (JWA: `alg`). Airflow takes no other for these kinds of keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub enum JwtAlgorithm {
    /// RSA, PKCS #1 v1.5, with SHA-256.
    RS256,
    /// Ed25519.
    #[serde(rename = "EdDSA")]
    EdDsa,
}

impl JwtAlgorithm {
    /// Its name in tokens.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::RS256 => "RS256",
            Self::EdDsa => "EdDSA",
        }
    }
}
