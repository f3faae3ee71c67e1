//! Checksums over data: a pod that refers to it is replaced when the data changes, and only then.

use indexmap::IndexMap;

use super::facts::Facts;
use crate::checksum;

/// The annotations of pods that run Airflow, for the data that is among the manifests.
pub(super) fn of_pods(config: &IndexMap<&'static str, String>, facts: &Facts<'_>) -> Vec<(String, String)> {
    let mut checksums =
        vec![("checksum/airflow-config".to_owned(), checksum::of(config.iter().map(|(key, value)| (*key, value.as_str()))))];
    for (name, secret) in [("checksum/fernet-key-secret", &facts.fernet_key), ("checksum/metadata-secret", &facts.metadata)] {
        if secret.create {
            checksums.push((name.to_owned(), checksum::of(secret.keys.0.iter().map(|(key, data)| (*key, data.written())))));
        }
    }
    checksums.sort();
    checksums
}
