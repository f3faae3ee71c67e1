//! What decides: defaults, conditions, kinds, versions.

use std::cmp::Ordering;

use gotmpl::Value;

use super::is_empty;
use crate::layers::helm::go_template::value::text_of;

pub(super) const NAMES: &[&str] =
    &["default", "empty", "coalesce", "ternary", "any", "all", "kindOf", "kindIs", "typeOf", "typeIs", "semverCompare"];

pub(super) fn call(name: &str, given: &[Value]) -> Option<Value> {
    Some(match (name, given) {
        ("default", [otherwise]) => otherwise.clone(),
        ("default", [otherwise, value]) => if is_empty(value) { otherwise } else { value }.clone(),
        ("empty", [value]) => Value::Bool(is_empty(value)),
        ("coalesce", values) => values.iter().find(|value| !is_empty(value)).cloned().unwrap_or(Value::Nil),
        ("ternary", [yes, no, Value::Bool(condition)]) => if *condition { yes } else { no }.clone(),
        ("any", values) => Value::Bool(values.iter().any(Value::is_truthy)),
        ("all", values) => Value::Bool(values.iter().all(Value::is_truthy)),
        ("kindOf", [value]) => kind(value, "map", "slice")?.into(),
        ("kindIs", [wanted, value]) => Value::Bool(text_of(wanted)? == kind(value, "map", "slice")?),
        ("typeOf", [value]) => kind(value, "map[string]interface {}", "[]interface {}")?.into(),
        ("typeIs", [wanted, value]) => Value::Bool(text_of(wanted)? == kind(value, "map[string]interface {}", "[]interface {}")?),
        ("semverCompare", [comparison, version]) => Value::Bool(holds(&text_of(comparison)?, &text_of(version)?)?),
        _ => return None,
    })
}

/// What Go calls the kind of a value; numbers of values files are `float64`.
fn kind(value: &Value, map: &'static str, list: &'static str) -> Option<&'static str> {
    Some(match value {
        Value::Nil => "invalid",
        Value::Bool(_) => "bool",
        Value::Int(_) | Value::Uint(_) | Value::Float(_) => "float64",
        Value::String(_) => "string",
        Value::List(_) => list,
        Value::Map(_) => map,
        Value::Function(_) => return None,
    })
}

/// Whether a version is as a comparison wants it: `>=2.7.0`, `<3`, several with blanks or commas between (all) and `||` (any).
fn holds(comparison: &str, version: &str) -> Option<bool> {
    let mut any = false;
    for all in comparison.split("||") {
        // `>= 2.7` is one word.
        let mut joined = String::new();
        for symbol in all.trim().chars() {
            if !(symbol.is_whitespace() && joined.ends_with(['<', '>', '=', '^', '~', '!'])) {
                joined.push(symbol);
            }
        }
        let mut every = true;
        for one in joined.split([',', ' ']).filter(|one| !one.is_empty()) {
            every &= holds_one(one, version)?;
        }
        any |= every;
    }
    Some(any)
}

fn holds_one(comparison: &str, version: &str) -> Option<bool> {
    let wanted = comparison.trim_start_matches(['<', '>', '=', '!']);
    let operator = &comparison[..comparison.len() - wanted.len()];
    let numbers = |text: &str| {
        let text = text.strip_prefix('v').unwrap_or(text);
        let text = text.strip_suffix("-0").unwrap_or(text);
        let parts = text.split('.').map(str::parse).collect::<Result<Vec<u32>, _>>().ok()?;
        (1..=3).contains(&parts.len()).then(|| [0, 1, 2].map(|at| parts.get(at).copied().unwrap_or_default()))
    };
    let order = numbers(version)?.cmp(&numbers(wanted)?);
    Some(match operator {
        ">=" | "=>" => order != Ordering::Less,
        ">" => order == Ordering::Greater,
        "<=" | "=<" => order != Ordering::Greater,
        "<" => order == Ordering::Less,
        "=" | "" => order == Ordering::Equal,
        "!=" => order != Ordering::Equal,
        _ => return None,
    })
}
