//! A choice of two strings: `ternary`, by a key that is true or false, or by Airflow's version.

use std::cmp::Ordering;

use super::{index, string};
use crate::yaml::Data;

/// Two strings, and what decides between them.
pub(super) struct Choice<'t> {
    yes: String,
    no: String,
    /// `.Values.some.key` or `semverCompare ">=2.0.0" .Values.airflowVersion`.
    condition: &'t str,
}

/// The choice that an expression makes: `CONDITION | ternary "yes" "no"`, or `ternary "yes" "no" CONDITION`.
pub(super) fn of(expression: &str) -> Option<Choice<'_>> {
    let (rest, piped) = match expression.split_once("| ternary ") {
        Some((condition, strings)) => (strings, Some(condition)),
        None => (expression.strip_prefix("ternary ")?, None),
    };
    let (yes, rest) = first_string(rest)?;
    let (no, rest) = first_string(rest)?;
    let condition = match piped {
        Some(condition) => rest.is_empty().then_some(condition)?,
        None => rest,
    };
    let condition = condition.trim();
    let bare = condition.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).unwrap_or(condition);
    Some(Choice { yes, no, condition: bare.trim() })
}

impl Choice<'_> {
    /// The string that it comes to; `value` finds what stands at a key. None, if what decides is not known here.
    pub fn made(&self, value: impl Fn(&str) -> Result<Data, &'static str>) -> Option<String> {
        let key = |text: &str| text.trim_start_matches('$').strip_prefix(".Values.").filter(|key| index::is_plain(key)).map(str::to_owned);
        let is_yes = match (self.condition.strip_prefix("semverCompare "), key(self.condition)) {
            (Some(rest), _) => {
                let (constraint, rest) = first_string(rest)?;
                let Ok(Data::String(version)) = value(&key(rest)?) else { return None };
                holds(&constraint, &version)?
            }
            (None, Some(key)) => match value(&key) {
                Ok(Data::Bool(is_yes)) => is_yes,
                _ => return None,
            },
            (None, None) => return None,
        };
        Some(if is_yes { self.yes.clone() } else { self.no.clone() })
    }
}

/// The string in double quotes that a text begins with, and what comes after it.
fn first_string(text: &str) -> Option<(String, &str)> {
    let text = text.trim_start();
    let end = text.strip_prefix('"')?.find('"')? + 2;
    Some((string(&text[..end])?, text[end..].trim()))
}

/// Whether a version is as a comparison wants it: `>=2.7.0`, `<3`.
fn holds(comparison: &str, version: &str) -> Option<bool> {
    let wanted = comparison.trim_start_matches(['<', '>', '=', ' ']);
    let operator = comparison[..comparison.len() - wanted.len()].trim();
    let numbers = |text: &str| {
        let parts = text.split('.').map(str::parse).collect::<Result<Vec<u32>, _>>().ok()?;
        (1..=3).contains(&parts.len()).then(|| [0, 1, 2].map(|at| parts.get(at).copied().unwrap_or_default()))
    };
    let order = numbers(version)?.cmp(&numbers(wanted)?);
    Some(match operator {
        ">=" => order != Ordering::Less,
        ">" => order == Ordering::Greater,
        "<=" => order != Ordering::Greater,
        "<" => order == Ordering::Less,
        "=" | "" => order == Ordering::Equal,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_or_a_key_decides() {
        let value = |key: &str| match key {
            "airflowVersion" => Ok(Data::String("2.11.0".to_owned())),
            "on" => Ok(Data::Bool(true)),
            "off" => Ok(Data::Bool(false)),
            _ => Err("there is no such value"),
        };
        for (expression, expected) in [
            (r#"semverCompare ">=2.0.0" .Values.airflowVersion | ternary "new" "old""#, Some("new")),
            (r#"semverCompare "<2.7" .Values.airflowVersion | ternary "old" "new""#, Some("new")),
            (r#"ternary "a" "b" (semverCompare "> 2.11.0" $.Values.airflowVersion)"#, Some("b")),
            (r#"ternary "a" "b" .Values.off"#, Some("b")),
            (r#".Values.on | ternary "a" "b""#, Some("a")),
            (r#"ternary "a" "b" .Values.gone"#, None),
            (r#"semverCompare "~2.0" .Values.airflowVersion | ternary "a" "b""#, None),
            (r#"ternary "a" .Values.on"#, None),
            (r#"ternary "a" "b" (eq .Values.on "x")"#, None),
            ("ternary", None),
            ("ternary \u{e9}", None),
        ] {
            assert_eq!(of(expression).and_then(|choice| choice.made(value)).as_deref(), expected, "{expression}");
        }
    }
}
