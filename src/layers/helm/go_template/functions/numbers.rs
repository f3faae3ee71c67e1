//! Numbers.

use gotmpl::Value;

use crate::layers::helm::go_template::value::text_of;

pub(super) const NAMES: &[&str] =
    &["int", "int64", "float64", "atoi", "add", "add1", "sub", "mul", "div", "mod", "max", "min", "ceil", "floor", "round"];

pub(super) fn call(name: &str, given: &[Value]) -> Option<Value> {
    let whole = |at: usize| given.get(at).and_then(whole);
    Some(match (name, given.len()) {
        ("int" | "int64" | "atoi", 1) => Value::Int(whole(0).unwrap_or_default()),
        ("float64", 1) => Value::Float(decimal(&given[0])?),
        ("add1", 1) => Value::Int(whole(0)?.checked_add(1)?),
        ("sub", 2) => Value::Int(whole(0)?.checked_sub(whole(1)?)?),
        ("div", 2) => Value::Int(whole(0)?.checked_div(whole(1)?)?),
        ("mod", 2) => Value::Int(whole(0)?.checked_rem(whole(1)?)?),
        ("ceil", 1) => Value::Float(decimal(&given[0])?.ceil()),
        ("floor", 1) => Value::Float(decimal(&given[0])?.floor()),
        ("round", 2) => {
            let factor = 10f64.powi(i32::try_from(whole(1)?).ok()?);
            Value::Float((decimal(&given[0])? * factor).round() / factor)
        }
        ("add" | "mul" | "max" | "min", 1..) => {
            let numbers = given.iter().map(self::whole).collect::<Option<Vec<_>>>()?;
            let combined = numbers.into_iter().map(Some).reduce(|one, other| {
                let (one, other) = (one?, other?);
                match name {
                    "add" => one.checked_add(other),
                    "mul" => one.checked_mul(other),
                    "max" => Some(one.max(other)),
                    _ => Some(one.min(other)),
                }
            });
            Value::Int(combined??)
        }
        _ => return None,
    })
}

/// A value as a whole number, as Sprig takes it: texts too, and what is behind the point is lost.
#[expect(clippy::cast_possible_truncation, reason = "it is what the function does")]
fn whole(value: &Value) -> Option<i64> {
    match value {
        Value::Bool(value) => Some(i64::from(*value)),
        Value::Float(number) => Some(*number as i64),
        Value::Nil => Some(0),
        value => value.as_int().or_else(|| text_of(value)?.parse().ok()),
    }
}

fn decimal(value: &Value) -> Option<f64> {
    match value {
        Value::Float(number) => Some(*number),
        value => text_of(value)?.parse().ok(),
    }
}
