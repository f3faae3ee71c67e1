//! Checksums: SHA-256, in hexadecimal digits.

use sha2::{Digest as _, Sha256};

/// The SHA-256 of entries of data, as 64 hexadecimal digits.
#[must_use]
pub fn of<V: AsRef<str>>(data: impl IntoIterator<Item = (impl AsRef<str>, V)>) -> String {
    let mut hash = Sha256::new();
    let mut add = |text: &str| {
        // The length first: no two sets of entries run together to the same bytes.
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text);
    };
    for (key, value) in data {
        add(key.as_ref());
        add(value.as_ref());
    }
    hexadecimal(hash)
}

/// The SHA-256 of bytes, as 64 hexadecimal digits.
#[must_use]
pub fn of_bytes(bytes: &[u8]) -> String {
    hexadecimal(Sha256::new_with_prefix(bytes))
}

/// The most bytes of a name, so that it is one of a file with an ending and a number: file systems take 255.
pub const MOST_OF_NAME: usize = 240;

/// A name of at most so many bytes: the end of a longer one gives way to the checksum of the whole.
#[must_use]
pub fn shortened(name: &str, most: usize) -> String {
    if name.len() <= most {
        return name.to_owned();
    }
    let sum = &of_bytes(name.as_bytes())[..8];
    let end = (0..most - sum.len()).rev().find(|end| name.is_char_boundary(*end)).unwrap_or_default();
    format!("{}-{sum}", &name[..end])
}

fn hexadecimal(hash: Sha256) -> String {
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
