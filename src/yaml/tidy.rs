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
