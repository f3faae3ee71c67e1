//! Which keys there are.

use super::{Property, Rest, Schema, Types};

impl Schema<'_> {
    /// The paths of all keys that hold a string, choices and Kubernetes' own objects aside; `[]` stands for an item of
    /// a list, `*` for the key of a free map.
    #[must_use]
    pub fn string_keys(self) -> Vec<String> {
        let mut keys = Vec::new();
        self.collect_string_keys("", &mut keys);
        keys
    }

    fn collect_string_keys(self, at: &str, keys: &mut Vec<String>) {
        for Schema(form) in self.alternatives().filter(|one| !one.0.of_kubernetes) {
            if form.types.meet(Types::STRING) && form.words.is_none() && form.constant.is_none() {
                keys.push(at.to_owned());
            }
            for Property { key, schema, .. } in form.listed() {
                let path = if at.is_empty() { (*key).to_owned() } else { format!("{at}.{key}") };
                schema.collect_string_keys(&path, keys);
            }
            if let Rest::Like(rest) = form.rest {
                rest.collect_string_keys(&format!("{at}.*"), keys);
            }
            if let Some(items) = form.items {
                items.collect_string_keys(&format!("{at}[]"), keys);
            }
        }
    }

    /// The paths of the keys below the top that end as a path does, of those that are no old names; what is in lists and free maps, and
    /// what Kubernetes defines, aside.
    pub(crate) fn keys_ending(self, end: &str) -> Vec<String> {
        let mut keys = Vec::new();
        self.collect_keys("", &mut keys);
        let end = format!(".{end}");
        keys.retain(|key| key.ends_with(&end));
        keys
    }

    fn collect_keys(self, at: &str, keys: &mut Vec<String>) {
        for Schema(form) in self.alternatives().filter(|one| !one.0.of_kubernetes) {
            for Property { key, schema, .. } in form.listed().filter(|property| property.instead.is_empty()) {
                let path = if at.is_empty() { (*key).to_owned() } else { format!("{at}.{key}") };
                schema.collect_keys(&path, keys);
                keys.push(path);
            }
        }
    }
}
