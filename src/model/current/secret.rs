//! What a Secret is that pods refer to, and where it comes from: types alone.

use crate::model::missing::Fresh;
use crate::model::secret_data::SecretKeys;
use crate::values::{DnsSubdomain, RemoteKey, SecretGroup};

/// A Secret that pods refer to.
#[derive(Clone, Debug)]
pub struct Secret {
    /// The key of the values that gives it, or would: `fernetKey`.
    pub values_key: String,
    /// Its name.
    pub name: String,
    /// Its namespace, where that is not the release's.
    pub namespace: Option<String>,
    /// The key of it that pods read.
    pub key: String,
    /// Its keys that hold the secret, where it is not made of the values.
    pub stored_keys: Vec<&'static str>,
    /// Its other keys, which are no secret.
    pub plain_keys: Vec<(&'static str, String)>,
    /// Its keys that are made of those that hold the secret, where it is not made of the values.
    pub derived_keys: Vec<Derived>,
    /// Where it comes from.
    pub source: Source,
    /// Whether the values give it, or name one that exists, whatever a store is asked for.
    pub is_given: bool,
    /// Whether the values have a placeholder for it.
    pub is_open: bool,
    /// Whether a pod of the set refers to it.
    pub wanted: bool,
    /// How a value for it is made, if it can be any text that is hard to guess.
    pub fresh: Option<Fresh>,
    /// The group that a message names it with.
    pub group: SecretGroup,
    /// Whose pods restart when it changes; `None`: nobody's.
    pub restarts: Option<Restarts>,
}

/// Whose pods restart when a Secret changes, and the name of the annotation that makes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Restarts {
    /// All of Airflow's, by `checksum/` and this.
    Airflow(&'static str),
    /// The same but for those that reach the API server alone.
    AtHome(&'static str),
    /// Those that make or check tokens, by `checksum/` and this.
    Tokens(&'static str),
    /// Those of the component that has this key in the values, by `checksum/` and the second.
    Component(&'static str, &'static str),
}

/// A key of a Secret that is made of one that holds the secret, or of the secret and a text around it.
#[derive(Clone, Debug)]
pub struct Derived {
    pub key: &'static str,
    /// How the External Secrets Operator makes it, if it can (a Go template).
    pub template: Option<String>,
    /// An example of it.
    pub example: String,
}

/// Where a Secret comes from.
#[derive(Clone, Debug)]
pub enum Source {
    /// The values give it: it is among the manifests.
    Values(SecretKeys),
    /// The user names one that exists.
    Named,
    /// Another one of the set has it: that of the PostgreSQL among the manifests.
    Server,
    /// A store has it: an ExternalSecret is among the manifests.
    Store(RemoteKey),
    /// Nobody gives it: it has to exist.
    Missing,
}

impl Secret {
    /// What its manifest has, if the values give it.
    pub fn made(&self) -> Option<&SecretKeys> {
        if let Source::Values(keys) = &self.source { Some(keys) } else { None }
    }

    /// Whether it has a key besides the one that pods mostly read.
    pub fn has(&self, key: &str) -> bool {
        match &self.source {
            Source::Values(keys) => keys.0.contains_key(key),
            Source::Store(_) => self.derived_keys.iter().any(|derived| derived.key == key && derived.template.is_some()),
            Source::Missing => self.derived_keys.iter().any(|derived| derived.key == key),
            Source::Named | Source::Server => false,
        }
    }

    /// What a pod that reads it depends on, for checksums: the key that it reads, and those that hold the secret.
    pub fn written(&self) -> Vec<(&str, String)> {
        let Some(keys) = self.made() else { return Vec::new() };
        let is_read = |key: &str| key == self.key || self.stored_keys.contains(&key);
        keys.0.iter().filter(|(key, _)| is_read(key)).map(|(key, data)| (*key, data.written())).collect()
    }

    /// The same in a Secret that exists, if the user names one.
    pub fn named(self, existing: Option<&DnsSubdomain>) -> Self {
        match existing {
            Some(name) => Self { name: name.to_string(), source: Source::Named, is_given: true, ..self },
            None => self,
        }
    }

    /// The same, with whether a pod of the set refers to it.
    pub fn wanted(self, wanted: bool) -> Self {
        Self { wanted, ..self }
    }

    /// The same, where any text will do.
    pub fn fresh(self, fresh: Fresh) -> Self {
        self.fresh_if(fresh, true)
    }

    /// The same, where any text may do.
    pub fn fresh_if(self, fresh: Fresh, any_will_do: bool) -> Self {
        Self { fresh: any_will_do.then_some(fresh), ..self }
    }

    /// The same, in another group.
    pub fn among(self, group: SecretGroup) -> Self {
        Self { group, ..self }
    }

    /// The same, with whose pods restart when it changes.
    pub fn restarts(self, whose: Restarts) -> Self {
        Self { restarts: Some(whose), ..self }
    }

    /// Whether a store or the user has it, not the values.
    pub fn is_elsewhere(&self) -> bool {
        matches!(self.source, Source::Named | Source::Server | Source::Store(_))
    }
}
