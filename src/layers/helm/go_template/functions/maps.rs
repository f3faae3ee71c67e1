//! Maps.

use std::collections::BTreeMap;
use std::sync::Arc;

use gotmpl::Value;

use crate::layers::helm::go_template::value::{map, text_of};

pub(super) const NAMES: &[&str] =
    &["dict", "get", "hasKey", "keys", "values", "pick", "omit", "merge", "mergeOverwrite", "deepCopy", "dig", "pluck", "lookup"];

type Entries = BTreeMap<Arc<str>, Value>;

pub(super) fn call(name: &str, given: &[Value]) -> Option<Value> {
    Some(match (name, given) {
        // `helm template` asks no cluster, and finds nothing.
        ("lookup", [_, _, _, _]) => map([]),
        ("dict", pairs) => {
            let entry = |pair: &[Value]| text_of(&pair[0]).map(|key| (key.into(), pair.get(1).cloned().unwrap_or_else(|| "".into())));
            map(pairs.chunks(2).map(entry).collect::<Option<Vec<_>>>()?)
        }
        ("get", [entries, key]) => entries_of(entries)?.get(text_of(key)?.as_str()).cloned().unwrap_or_else(|| "".into()),
        ("hasKey", [entries, key]) => Value::Bool(entries_of(entries)?.contains_key(text_of(key)?.as_str())),
        ("keys", several) => {
            let maps = several.iter().map(entries_of).collect::<Option<Vec<_>>>()?;
            maps.into_iter().flat_map(|entries| entries.keys().map(|key| key.clone().into())).collect::<Vec<_>>().into()
        }
        ("values", [entries]) => entries_of(entries)?.values().cloned().collect::<Vec<_>>().into(),
        ("pick" | "omit", [entries, keys @ ..]) => {
            let keys = keys.iter().map(text_of).collect::<Option<Vec<_>>>()?;
            let is_kept = |key: &str| (name == "pick") == keys.iter().any(|one| one == key);
            map(entries_of(entries)?.iter().filter(|(key, _)| is_kept(key)).map(|(key, value)| (key.clone(), value.clone())))
        }
        ("merge", [first, others @ ..]) => {
            let mut merged = entries_of(first)?.clone();
            for other in others {
                merged = merge(entries_of(other)?.clone(), &merged);
            }
            map(merged)
        }
        ("mergeOverwrite", [first, others @ ..]) => {
            let mut merged = entries_of(first)?.clone();
            for other in others {
                merged = merge(merged, entries_of(other)?);
            }
            map(merged)
        }
        ("deepCopy", [value]) => value.clone(),
        ("dig", [keys @ .., otherwise, entries]) => {
            let mut found = Some(entries);
            for key in keys {
                let key = text_of(key)?;
                found = found.and_then(entries_of).and_then(|entries| entries.get(key.as_str()));
            }
            found.unwrap_or(otherwise).clone()
        }
        ("pluck", [key, several @ ..]) => {
            let key = text_of(key)?;
            let maps = several.iter().map(entries_of).collect::<Option<Vec<_>>>()?;
            maps.into_iter().filter_map(|entries| entries.get(key.as_str()).cloned()).collect::<Vec<_>>().into()
        }
        _ => return None,
    })
}

fn entries_of(value: &Value) -> Option<&Entries> {
    if let Value::Map(entries) = value { Some(entries) } else { None }
}

/// One map with the entries of another, which have precedence.
fn merge(mut below: Entries, above: &Entries) -> Entries {
    for (key, value) in above {
        let merged = match (below.get(key).and_then(entries_of), entries_of(value)) {
            (Some(old), Some(new)) => map(merge(old.clone(), new)),
            _ => value.clone(),
        };
        below.insert(key.clone(), merged);
    }
    below
}
