//! What Airflow hears of an option.

use std::borrow::Cow;

use super::OptionValue;
use crate::schema::Path;

/// What Airflow hears of an option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard<'v> {
    /// This text, from this key of the values.
    Text(Cow<'v, str>, Path),
    /// Nothing: the default of `gen` counts, or Airflow's.
    Nothing,
    /// Nothing, and the user takes the default of `gen` away with this key: Airflow's counts.
    Usual(Path),
    /// Something that does not stand in the values, such as the key of a Secret.
    Unknown,
}

impl<'v> Heard<'v> {
    /// The text, if there is one that is known.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        if let Self::Text(text, _) = self { Some(text) } else { None }
    }

    /// The key of the values that says it.
    #[must_use]
    pub fn place(&self) -> Option<&Path> {
        if let Self::Text(_, path) | Self::Usual(path) = self { Some(path) } else { None }
    }

    /// What Airflow makes of it as a boolean that is off by itself; without a word `default`, and `None` where it is not known.
    #[must_use]
    pub fn is_true(&self, default: bool) -> Option<bool> {
        match self {
            Self::Text(text, _) => {
                Some(matches!(text.split('#').next().unwrap_or_default().trim().to_lowercase().as_str(), "true" | "t" | "1"))
            }
            Self::Nothing => Some(default),
            Self::Usual(_) => Some(false),
            Self::Unknown => None,
        }
    }

    pub(super) fn of_config(value: &'v OptionValue, path: Path) -> Self {
        let text = match value {
            OptionValue::Text(text) => text.trim(),
            OptionValue::Number(number) => return Self::Text(number.to_string().into(), path),
            OptionValue::Boolean(value) => return Self::Text(value.to_string().into(), path),
        };
        let single = text.replace("%%", "");
        match text {
            // Airflow puts other options and variables there.
            _ if single.contains('%') || text.contains('$') => Self::Unknown,
            _ if text.contains('%') => Self::Text(text.replace("%%", "%").into(), path),
            _ => Self::Text(text.into(), path),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn booleans_are_those_of_airflow() {
        let is_true = |text: &str| Heard::Text(text.into(), "a".into()).is_true(false);
        assert_eq!(["True", " t ", "1", "true # yes"].map(is_true), [Some(true); 4]);
        assert_eq!(["False", "0", ""].map(is_true), [Some(false); 3]);
        assert_eq!((Heard::Nothing.is_true(true), Heard::Unknown.is_true(true)), (Some(true), None));
    }
}
