//! Fields that a manifest can omit.

use super::{Data, Entry, Node};

/// Keys whose empty value means something else than no value (Kubernetes API).
const MEANT_EMPTY: [&str; 5] = ["emptyDir", "podSelector", "namespaceSelector", "labelSelector", "preference"];

/// Drops null fields, and empty maps and lists where the API takes them for absent, from the inside out.
pub fn tidy(node: &mut Node) {
    match &mut node.data {
        Data::Map(entries) => {
            entries.values_mut().for_each(|entry| tidy(&mut entry.value));
            entries.retain(|key, Entry { value, .. }| match &value.data {
                Data::Null => false,
                Data::Map(entries) => !entries.is_empty() || MEANT_EMPTY.contains(&key.as_str()),
                Data::List(items) => !items.is_empty(),
                _ => true,
            });
        }
        Data::List(items) => items.iter_mut().for_each(tidy),
        _ => {}
    }
}

/// Takes out what is `null`, which says nothing to the API server; what is empty may say something there.
pub fn drop_nulls(node: &mut Node) {
    match &mut node.data {
        Data::Map(entries) => {
            entries.retain(|_, entry| !entry.value.is_null());
            entries.values_mut().for_each(|entry| drop_nulls(&mut entry.value));
        }
        Data::List(items) => items.iter_mut().for_each(drop_nulls),
        _ => {}
    }
}
