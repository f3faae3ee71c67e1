//! What differs from the defaults.

use crate::yaml::{Data, Node};

/// Keeps of `shown` what differs from the defaults in `values`, which has the same keys, unmasked. Lists are kept whole.
pub fn keep(shown: &mut Node, values: &Node, defaults: &Node) {
    let Data::Map(entries) = &mut shown.data else { return };
    entries.retain(|key, entry| {
        let (Some(value), default) = (values.get(key), defaults.get(key)) else { return true };
        match default {
            Some(default) if value.as_map().is_some_and(|map| !map.is_empty()) && default.as_map().is_some() => {
                keep(&mut entry.value, value, default);
                entry.value.as_map().is_none_or(|map| !map.is_empty())
            }
            // Of what nobody wrote, a Go template may have been resolved.
            Some(default) => value.origin.is_some() && !value.is_same(default),
            None => !value.says_nothing() || value.origin.is_some(),
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::read;

    #[test]
    fn what_is_as_the_default_goes() {
        let tree = |text: &str| read(text, 0).unwrap().remove(0);
        let values = tree("{a: 1, b: {c: 2, d: 3}, e: [1], f: {g: 1}, h: 5}");
        let mut shown = values.clone();
        keep(&mut shown, &values, &tree("{a: 1, b: {c: 2, d: 4}, e: [2], f: {g: 1}}"));
        assert!(shown.is_same(&tree("{b: {d: 3}, e: [1], h: 5}")), "{shown:?}");
    }
}
