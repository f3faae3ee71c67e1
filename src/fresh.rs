//! Fresh secrets: the one place that is not the same with every run, and nothing is rendered with it but on request.

use base64::{Engine as _, prelude::BASE64_URL_SAFE};
use fernet::Fernet;

use crate::model::missing::Fresh;

/// A fernet key, as Python's `cryptography.fernet.Fernet.generate_key()` makes it.
#[must_use]
pub fn fernet_key() -> String {
    Fernet::generate_key()
}

/// A secret that nobody can guess: 256 random bits, as a fernet key or as 64 hexadecimal digits, which need no quotes
/// anywhere.
///
/// # Panics
///
/// Never: a fernet key is base64.
#[must_use]
pub fn secret(kind: Fresh) -> String {
    match kind {
        Fresh::FernetKey => fernet_key(),
        Fresh::Text => {
            let bytes = BASE64_URL_SAFE.decode(fernet_key()).expect("a fernet key is base64");
            bytes.iter().map(|byte| format!("{byte:02x}")).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fernet;

    #[test]
    fn fresh_secrets_have_their_form_and_are_no_two_alike() {
        let (key, text) = (secret(Fresh::FernetKey), secret(Fresh::Text));
        assert_eq!(fernet::fault(&key), None);
        assert!(text.len() == 64 && text.chars().all(|c| c.is_ascii_hexdigit()), "{text}");
        assert_ne!(key, secret(Fresh::FernetKey));
        assert_ne!(text, secret(Fresh::Text));
    }
}
