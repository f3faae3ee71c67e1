//! Checksums over data: a pod that refers to it is made anew when it changes, and only then.

use indexmap::IndexMap;
use sha2::{Digest as _, Sha256};

use super::secrets::Secret;

/// The SHA-256 of entries of data, as 64 hexadecimal digits.
#[must_use]
pub fn of<'d>(data: impl IntoIterator<Item = (&'d str, &'d str)>) -> String {
    let mut hash = Sha256::new();
    for text in data.into_iter().flat_map(|(key, value)| [key, value]) {
        // The length first: no two sets of entries run together to the same bytes.
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text);
    }
    hexadecimal(hash)
}

/// The SHA-256 of bytes, as 64 hexadecimal digits.
#[must_use]
pub fn of_bytes(bytes: &[u8]) -> String {
    hexadecimal(Sha256::new_with_prefix(bytes))
}

fn hexadecimal(hash: Sha256) -> String {
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The annotations of pods that run Airflow, for the data that is among the manifests.
pub(super) fn of_pods(config: &IndexMap<&'static str, String>, fernet_key: &Secret, metadata: &Secret) -> Vec<(String, String)> {
    let mut checksums = vec![("checksum/airflow-config".to_owned(), of(config.iter().map(|(key, value)| (*key, value.as_str()))))];
    for (name, secret) in [("checksum/fernet-key-secret", fernet_key), ("checksum/metadata-secret", metadata)] {
        if secret.create {
            checksums.push((name.to_owned(), of(secret.data.iter().map(|(key, value)| (*key, value.as_str())))));
        }
    }
    checksums.sort();
    checksums
}
