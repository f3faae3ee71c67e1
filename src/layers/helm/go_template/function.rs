//! The functions of Go templates that give the same whatever is around them: Go's own and Sprig's, as Helm has them.

use std::cmp::Ordering;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use crate::yaml::Data;

/// What a function gives; none if it is not known here, or takes something else.
pub(super) fn call(name: &str, given: &[Data]) -> Option<Data> {
    if let [format, values @ ..] = given
        && name == "printf"
    {
        return printf(format, values).map(Data::String);
    }
    match given {
        [value] => of_one(name, value),
        [one, other] => of_two(name, one, other),
        [yes, no, Data::Bool(condition)] if name == "ternary" => Some(if *condition { yes } else { no }.clone()),
        [old, new, text] if name == "replace" => Some(Data::String(text_of(text)?.replace(text_of(old)?.as_str(), text_of(new)?.as_str()))),
        _ => None,
    }
}

fn of_one(name: &str, value: &Data) -> Option<Data> {
    let text = text_of(value)?;
    Some(Data::String(match name {
        "b64enc" => BASE64_STANDARD.encode(text),
        "quote" => quoted(&text)?,
        "squote" => format!("'{text}'"),
        "upper" => text.to_uppercase(),
        "lower" => text.to_lowercase(),
        "trim" => text.trim().to_owned(),
        "toString" => text,
        "not" => return Some(Data::Bool(is_empty(value))),
        _ => return None,
    }))
}

fn of_two(name: &str, one: &Data, other: &Data) -> Option<Data> {
    if name == "default" {
        return Some(if is_empty(other) { one } else { other }.clone());
    }
    let (first, second) = (text_of(one)?, text_of(other)?);
    Some(match name {
        "trimSuffix" => Data::String(second.strip_suffix(&first).unwrap_or(&second).to_owned()),
        "trimPrefix" => Data::String(second.strip_prefix(&first).unwrap_or(&second).to_owned()),
        "trunc" => {
            let Data::Number(length, _) = one else { return None };
            let length = usize::try_from(length.as_u64()?).ok()?;
            Data::String(second.get(..length.min(second.len()))?.to_owned())
        }
        "semverCompare" => Data::Bool(holds(&first, &second)?),
        "eq" | "ne" => {
            let same_kind = std::mem::discriminant(one) == std::mem::discriminant(other);
            Data::Bool((name == "eq") == (same_kind.then_some(first)? == second))
        }
        _ => return None,
    })
}

/// Whether a value is none to `default` and to conditions.
fn is_empty(value: &Data) -> bool {
    match value {
        Data::Null => true,
        Data::Bool(value) => !value,
        Data::Number(number, _) => number.as_f64() == Some(0.0),
        Data::String(text) => text.is_empty(),
        Data::List(items) => items.is_empty(),
        Data::Map(entries) => entries.is_empty(),
    }
}

/// Go's `%q`, of what it escapes as JSON does.
fn quoted(text: &str) -> Option<String> {
    let is_plain =
        |symbol: char| !symbol.is_control() && (symbol.is_ascii() || symbol.is_alphanumeric()) || matches!(symbol, '\n' | '\t' | '\r');
    text.chars().all(is_plain).then(|| serde_json::to_string(text).ok()).flatten()
}

/// Go's `printf` with `%s`, `%d`, `%v`, `%q` and `%%`.
fn printf(format: &Data, values: &[Data]) -> Option<String> {
    let Data::String(format) = format else { return None };
    let mut printed = String::new();
    let mut values = values.iter();
    let mut symbols = format.chars();
    while let Some(symbol) = symbols.next() {
        if symbol != '%' {
            printed.push(symbol);
            continue;
        }
        let verb = symbols.next()?;
        if verb == '%' {
            printed.push('%');
            continue;
        }
        let value = values.next()?;
        match (verb, value) {
            ('s', Data::String(text)) => printed.push_str(text),
            ('q', Data::String(text)) => printed.push_str(&quoted(text)?),
            ('d', Data::Number(number, _)) if !number.is_f64() => printed.push_str(&number.to_string()),
            ('v', Data::String(_) | Data::Bool(_) | Data::Number(..)) => printed.push_str(&text_of(value)?),
            _ => return None,
        }
    }
    // Go complains of what is left over.
    values.next().is_none().then_some(printed)
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

/// A scalar as Go prints it.
pub(super) fn text_of(data: &Data) -> Option<String> {
    match data {
        Data::String(text) => Some(text.clone()),
        Data::Bool(value) => Some(value.to_string()),
        Data::Number(number, _) => Some(number.to_string()),
        Data::Null => Some(String::new()),
        Data::List(_) | Data::Map(_) => None,
    }
}
