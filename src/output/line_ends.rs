//! The ends of lines, which git may change: what it made of them is no difference.

use std::borrow::Cow;

/// A text with line feeds alone at the ends of its lines.
#[must_use]
pub fn with_plain_ends(text: &str) -> Cow<'_, str> {
    if text.contains("\r\n") { Cow::Owned(text.replace("\r\n", "\n")) } else { Cow::Borrowed(text) }
}

/// The same of bytes, if that changes them and they are a text.
pub(super) fn plain_bytes(bytes: &[u8]) -> Option<String> {
    match with_plain_ends(std::str::from_utf8(bytes).ok()?) {
        Cow::Owned(plain) => Some(plain),
        Cow::Borrowed(_) => None,
    }
}

/// Whether bytes are a text, but for the ends of its lines.
pub(super) fn is_same(bytes: &[u8], text: &str) -> bool {
    bytes == text.as_bytes() || plain_bytes(bytes).is_some_and(|plain| plain == text)
}
