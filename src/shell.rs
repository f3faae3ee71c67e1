//! Words of a command line.

use std::borrow::Cow;

/// A text as one word of a shell's. What no shell can be told, a NUL, stays as it is.
#[must_use]
pub fn word(text: &str) -> Cow<'_, str> {
    shlex::try_quote(text).unwrap_or(Cow::Borrowed(text))
}
