//! The Secrets that only one component reads, as it declares them.

use super::{Annotations, DnsSubdomain, SecretValue};

/// A Secret with one key that only one component reads.
pub struct OwnSecret<'v> {
    /// The values key that gives it, such as `redis.password`.
    pub values_key: &'static str,
    /// Its name in the component's templates.
    pub id: &'static str,
    /// The suffix of its name.
    pub object_name: &'static str,
    /// Its key.
    pub key: &'static str,
    /// What the key's value is made of.
    pub form: SecretForm,
    /// The secret that the values give.
    pub value: Option<&'v SecretValue>,
    /// The name of an existing Secret to use instead.
    pub existing: Option<&'v DnsSubdomain>,
    /// Whether a pod reads it.
    pub is_wanted: bool,
    /// Whether any random text will do.
    pub any_will_do: bool,
    /// The environment variable that the component's pods get it as.
    pub variable: Option<&'static str>,
    /// The name of its checksum among the annotations of the component's pods (`checksum/` and this), where a change of it
    /// must restart them.
    pub checksum: Option<&'static str>,
    /// Whether Helm creates it once, before everything else (Helm: `pre-install`).
    pub is_made_once: bool,
    /// Its annotations.
    pub annotations: Annotations,
    /// The group that it is listed in.
    pub group: SecretGroup,
}

/// What the value of a Secret's key is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecretForm {
    /// The secret alone.
    Data,
    /// This text, such as `user:`, and then the secret.
    After(String),
    /// The secret alone, which is given in base64, and is a file where it is not given.
    Base64,
}

/// What Secrets are for, in the order in which they are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SecretGroup {
    /// Logging in to a database.
    Database,
    /// Logging in to Celery's broker.
    Broker,
    /// Encrypting, signing, and logging in to Airflow.
    Keys,
    /// Logging in to a git repository.
    Git,
    /// Reading the logs of tasks.
    Logs,
    /// Mounting a volume.
    Storage,
}
