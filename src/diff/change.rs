//! A field that differs, and how that is said in lines.

use serde_json::Value;

use crate::source::MASK;

/// What became of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sign {
    /// It was not there before.
    Added,
    /// It is not there any more.
    Removed,
    /// It is another.
    Changed,
}

impl Sign {
    /// The character that stands before it.
    #[must_use]
    pub fn symbol(self) -> char {
        match self {
            Self::Added => '+',
            Self::Removed => '-',
            Self::Changed => '~',
        }
    }

    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
        }
    }
}

/// A field that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What became of it.
    pub sign: Sign,
    /// Where it is, as in `spec.template.spec.containers[scheduler].image`. What stands in a text of YAML follows `|`.
    pub path: String,
    /// How it differs.
    pub detail: Detail,
}

/// How a field differs. Nothing of it is a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Its value, which is there on one side alone.
    Value(Value),
    /// Its values before and after.
    Values(Value, Value),
    /// It holds a secret.
    Hidden,
    /// The lines in which its texts differ, each behind `+`, `-` or a blank.
    Lines(Vec<String>),
    /// Its texts are YAML of the same meaning.
    Notation,
    /// The items that both lists have are in this order now.
    Order(Vec<String>),
}

impl Change {
    /// It in a line, or in several where texts of several lines differ.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let head = format!("{} {}", self.sign.symbol(), self.path);
        match &self.detail {
            Detail::Value(value) => vec![format!("{head}: {}", short(&shown(value)))],
            Detail::Values(before, after) => vec![format!("{head}: {} -> {}", shown(before), shown(after))],
            Detail::Hidden => vec![format!("{head}: {MASK} (changed)")],
            Detail::Lines(lines) => {
                let lines = lines.iter().map(|line| format!("    {line}"));
                std::iter::once(format!("{head}:")).chain(lines).collect()
            }
            Detail::Notation => vec![format!("{head}: the same, written otherwise")],
            Detail::Order(names) => vec![format!("{head}: in another order: {}", names.join(", "))],
        }
    }
}

/// The beginning of what is long: what is there as a whole, or is not, has no part that differs.
fn short(text: &str) -> String {
    const MOST: usize = 240;
    if text.len() <= MOST { text.to_owned() } else { format!("{}...", &text[..text.floor_char_boundary(MOST)]) }
}

/// A value on one line. Of a checksum the beginning is enough.
fn shown(value: &Value) -> String {
    const LENGTH: usize = 64;
    match value.as_str() {
        Some(text) if text.len() == LENGTH && text.bytes().all(|byte| byte.is_ascii_hexdigit()) => format!("{}...", &text[..8]),
        _ => value.to_string(),
    }
}
