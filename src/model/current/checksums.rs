//! Checksums over data: a pod that refers to it is made anew when it changes, and only then.

use indexmap::IndexMap;

use super::Basis;
use super::secrets::Secret;
use crate::checksum;
use crate::values::{Component, Need};

/// The checksums of the data that is among the manifests, by who refers to it.
pub struct Checksums {
    /// What all of Airflow refers to.
    general: Vec<(String, String)>,
    /// What makes and checks tokens refers to.
    tokens: Vec<(String, String)>,
}

pub fn of(basis: &Basis<'_>, config: &IndexMap<&'static str, String>) -> Checksums {
    let secrets = &basis.secrets;
    let of_secret = |name: &str, secret: &Secret| {
        let (key, value) = secret.written().filter(|_| secret.wanted)?;
        Some((format!("checksum/{name}"), checksum::of([(key, value.as_str())])))
    };
    let mut general = vec![("checksum/airflow-config".to_owned(), checksum::of(config.iter().map(|(key, value)| (*key, value.as_str()))))];
    let extras = super::extras::checksums(basis);
    general.extend(extras.into_iter().map(|(name, sum)| (format!("checksum/{name}"), sum)));
    let named = [
        ("metadata-secret", &secrets.metadata),
        ("result-backend-secret", &secrets.result_backend),
        ("broker-url-secret", &secrets.broker_url),
        ("fernet-key-secret", &secrets.fernet_key),
        ("api-secret-key", &secrets.api_secret_key),
        ("webserver-secret-key", &secrets.webserver_secret_key),
    ];
    general.extend(named.into_iter().filter_map(|(name, secret)| of_secret(name, secret)));
    general.sort();
    Checksums { general, tokens: of_secret("jwt-secret", &secrets.jwt).into_iter().collect() }
}

impl Checksums {
    /// The annotations of a component's pods.
    pub fn of(&self, component: &dyn Component) -> Vec<(String, String)> {
        let needs = component.needs();
        // A Job runs once: there is nothing to start anew.
        let general = if needs.contains(&Need::Database) { self.general.as_slice() } else { &[] };
        let tokens = if needs.contains(&Need::Tokens) { self.tokens.as_slice() } else { &[] };
        general.iter().chain(tokens).cloned().collect()
    }
}
