//! The Secrets that pods refer to and others provide.

use super::basis::Basis;
use super::broker;
use super::secret::{Secret, Source};
use super::secret_manifests;
use crate::model::connection::{self, Reader};
use crate::model::external::External;
use crate::model::missing::{FILE, Missing};
use crate::values::SecretGroup;

/// The Secrets that others provide.
pub fn external(basis: &Basis<'_>) -> Vec<External> {
    let existing = basis.values.registry.secret_name.as_deref().map(str::to_owned);
    let registry = existing.or_else(|| secret_manifests::missing_registry(basis).map(|registry| registry.name));
    let elsewhere = |secret: &&Secret| secret.wanted && matches!(secret.source, Source::Named | Source::Missing);
    let wanted = basis.secrets.all().filter(elsewhere).map(|secret| secret.name.clone());
    let pulls = basis.values.image_pull_secrets.iter().map(|secret| secret.name().to_owned());
    wanted.chain(registry).chain(pulls).map(|name| External::object("Secret", name)).collect()
}

/// The Secrets that are wanted and not made, for which the user gave no name either.
pub fn missing(basis: &Basis<'_>) -> Vec<Missing> {
    let missing = basis.secrets.all().filter(|secret| secret.wanted && matches!(secret.source, Source::Missing));
    let of = |secret: &Secret| {
        let plain = secret.plain_keys.iter().map(|(key, value)| ((*key).to_owned(), value.clone()));
        // Pods that read a derived key do not read the keys that a store would have.
        let is_derived = secret.derived_keys.iter().any(|derived| derived.key == secret.key);
        let stored = secret.stored_keys.iter().filter(|_| !is_derived);
        let wanted = stored.map(|key| ((*key).to_owned(), example(secret, key, basis)));
        let derived = secret.derived_keys.iter().map(|derived| (derived.key.to_owned(), derived.example.clone()));
        Missing {
            key: secret.values_key.clone(),
            name: secret.name.clone(),
            kind: None,
            namespace: secret.namespace.clone().unwrap_or_else(|| basis.names.namespace.clone()),
            literals: plain.chain(wanted).chain(derived).collect(),
            fresh: secret.fresh,
            is_open: secret.is_open,
        }
    };
    missing.map(of).chain(secret_manifests::missing_registry(basis)).collect()
}

/// An example of the value of a Secret's key.
fn example(secret: &Secret, key: &str, basis: &Basis<'_>) -> String {
    match (key, secret.name == basis.secrets.broker_url.name) {
        ("connection", true) => broker::example(basis.values, &basis.names),
        ("connection", false) if secret.group == SecretGroup::Logs => "https://USER:PASSWORD@HOST:9200".to_owned(),
        ("connection", false) => connection::example(Reader::Sqlalchemy, basis.values.data.metadata_connection.protocol()),
        (
            "gitSshKey"
            | "githubAppPrivateKey"
            | "kerberos.keytab"
            | "pgbouncer.ini"
            | "users.txt"
            | "root.crt"
            | "server.crt"
            | "server.key",
            _,
        ) => FILE.to_owned(),
        (key, _) => key.to_uppercase(),
    }
}
