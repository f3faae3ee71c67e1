//! Names of environment variables.

/// Whether every version of Kubernetes takes it for the name of a variable; since 1.32 any printable ASCII without `=` is
/// one.
#[must_use]
pub fn is_plain_name(name: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
    !name.is_empty() && name.bytes().all(is_plain) && !name.as_bytes()[0].is_ascii_digit()
}

/// What such a name looks like, in words.
pub const PLAIN_NAME: &str = "the name of an environment variable: letters, digits, `_`, `-` and `.`, not beginning with a digit";
