//! Lists.

use gotmpl::Value;

use super::{amount, is_empty, texts_of};

pub(super) const NAMES: &[&str] = &[
    "list",
    "tuple",
    "first",
    "last",
    "rest",
    "initial",
    "append",
    "push",
    "prepend",
    "concat",
    "has",
    "without",
    "uniq",
    "compact",
    "reverse",
    "sortAlpha",
    "until",
    "toStrings",
];

/// As many numbers `until` gives.
const MOST: usize = 10_000;

pub(super) fn call(name: &str, given: &[Value]) -> Option<Value> {
    if let "list" | "tuple" = name {
        return Some(given.to_vec().into());
    }
    if let ("until", [end]) = (name, given) {
        let end = amount(end).filter(|end| *end <= MOST)?;
        return Some((0..i64::try_from(end).ok()?).map(Value::Int).collect::<Vec<_>>().into());
    }
    if let ("has", [item, items]) = (name, given) {
        return Some(Value::Bool(list(items)?.contains(item)));
    }
    let (items, more) = (list(given.first()?)?, &given[1..]);
    Some(match (name, more) {
        ("first", []) => items.first().cloned().unwrap_or(Value::Nil),
        ("last", []) => items.last().cloned().unwrap_or(Value::Nil),
        ("rest", []) => items.get(1..).unwrap_or_default().to_vec().into(),
        ("initial", []) => items.split_last().map_or(&[][..], |(_, items)| items).to_vec().into(),
        ("append" | "push", [item]) => [items, std::slice::from_ref(item)].concat().into(),
        ("prepend", [item]) => [std::slice::from_ref(item), items].concat().into(),
        ("concat", _) => given.iter().map(list).collect::<Option<Vec<_>>>()?.concat().into(),
        ("without", _) => items.iter().filter(|item| !more.contains(item)).cloned().collect::<Vec<_>>().into(),
        ("uniq", []) => {
            let mut seen: Vec<Value> = Vec::new();
            for item in items {
                if !seen.contains(item) {
                    seen.push(item.clone());
                }
            }
            seen.into()
        }
        ("compact", []) => items.iter().filter(|item| !is_empty(item)).cloned().collect::<Vec<_>>().into(),
        ("reverse", []) => items.iter().rev().cloned().collect::<Vec<_>>().into(),
        ("sortAlpha", []) => {
            let mut texts = texts_of(items)?;
            texts.sort();
            texts.into_iter().map(Value::from).collect::<Vec<_>>().into()
        }
        ("toStrings", []) => texts_of(items)?.into_iter().map(Value::from).collect::<Vec<_>>().into(),
        _ => return None,
    })
}

fn list(value: &Value) -> Option<&[Value]> {
    match value {
        Value::List(items) => Some(items),
        Value::Nil => Some(&[]),
        _ => None,
    }
}
