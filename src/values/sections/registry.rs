//! The credentials of image registries.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{DnsSubdomain, ObjectName, Optional, SecretValue};

/// A Secret with the credentials of an image registry: its name, alone or as a map.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum PullSecret {
    /// The name alone.
    Name(ObjectName),
    /// The name in Kubernetes' form, `{name: NAME}`.
    Reference(PullSecretReference),
}

/// A Secret by its name.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
pub struct PullSecretReference {
    /// The Secret's name.
    pub name: ObjectName,
}

impl PullSecret {
    /// The Secret's name.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Name(name) | Self::Reference(PullSecretReference { name }) => name,
        }
    }
}

/// The credentials of an image registry. Deprecated: make the Secret and name it in `imagePullSecrets`.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Registry {
    /// The name of an existing Secret that holds them.
    #[schemars(extend("writeOnly" = true, "x-instead" = ["/imagePullSecrets"]))]
    pub secret_name: Optional<DnsSubdomain>,
    /// The credentials, for a new Secret.
    #[schemars(extend("x-instead" = ["/imagePullSecrets"]))]
    pub connection: RegistryConnection,
}

/// The credentials of an image registry.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct RegistryConnection {
    /// The user.
    pub user: Option<String>,
    /// The user's password.
    pub pass: Option<SecretValue>,
    /// The registry's host.
    pub host: Option<String>,
    /// The user's email address.
    pub email: Option<String>,
}
