//! What the reader of kubectl and Helm refuses by itself, though it is YAML.

use std::cell::OnceCell;

use serde::de::IgnoredAny;
use serde_yaml::granit_parser::ScalarStyle;

use super::SyntaxError;

/// A text whose scalars are looked at.
pub(super) struct Whole<'t> {
    text: &'t str,
    /// Whether it is JSON, once somebody has asked.
    is_json: OnceCell<bool>,
}

impl<'t> Whole<'t> {
    pub fn of(text: &'t str) -> Self {
        Self { text, is_json: OnceCell::new() }
    }

    fn is_json(&self) -> bool {
        *self.is_json.get_or_init(|| serde_json::from_str::<IgnoredAny>(self.text).is_ok())
    }
}

/// Refuses a scalar of a text as Go's reader does (`go.yaml.in/yaml/v2`): some of what has no quotes within braces or brackets, and
/// escapes that JSON has alone, unless the text is JSON.
pub(super) fn refuse(whole: &Whole<'_>, written: &str, style: ScalarStyle, in_flow: bool) -> Result<(), SyntaxError> {
    let refused = |label: &str, help: &str| Err(SyntaxError::new("not valid YAML", 0..0, label).help(help));
    match style {
        ScalarStyle::Plain if in_flow && written.contains('?') => {
            refused("a `?` within braces or brackets", "a value that contains `?` needs quotes here")
        }
        ScalarStyle::Plain if in_flow && written.starts_with(':') => {
            refused("a `:` within braces or brackets", "a value that begins with `:` needs quotes here")
        }
        ScalarStyle::DoubleQuoted => match of_json(written) {
            Some(Escape::Slash) if !whole.is_json() => refused("`\\/` is no escape of YAML", "write `/` without `\\`"),
            Some(Escape::Half) if !whole.is_json() => refused("half a character is none of YAML", "write the character itself"),
            _ => Ok(()),
        },
        _ => Ok(()),
    }
}

/// An escape that is JSON's and not YAML's.
enum Escape {
    /// `\/`.
    Slash,
    /// One of the two that stand for a character beyond 16 bits.
    Half,
}

fn of_json(written: &str) -> Option<Escape> {
    let mut rest = written;
    while let Some(at) = rest.find('\\') {
        let escape = &rest[at + 1..];
        match escape.as_bytes() {
            [b'/', ..] => return Some(Escape::Slash),
            [b'u', b'd' | b'D', b'8' | b'9' | b'a'..=b'f' | b'A'..=b'F', ..] => return Some(Escape::Half),
            _ => {}
        }
        rest = escape.get(1..).unwrap_or_default();
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::yaml::read;

    #[test]
    fn what_go_refuses_is_refused() {
        for text in ["{a: ?b}", "[a?b]", "a: {b: http://c/?d=e}", "a: \"\\/\"", "- [{a: [b?]}]", "{a: :b}", "a: \"\\ud83d\\ude00\""] {
            assert!(read(text, 0).is_err(), "{text}");
        }
        for text in [
            "a: ?b",
            "a: b?c",
            "{a: \"?b\"}",
            "{? a : b}",
            "[{}, a]\n",
            "{\"a\": \"\\/\"}",
            "a: \"\\\\/\"",
            "- [a]\n- b?",
            "a: :b",
            "[\"\\ud83d\\ude00\", \"\\u00e9\"]",
            "a: \"\\u00e9 \\ud7ff \\\\ud83d\"",
            "a: {}\nb: c?",
        ] {
            assert!(read(text, 0).is_ok(), "{text}");
        }
    }
}
