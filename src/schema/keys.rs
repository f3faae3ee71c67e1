//! Which keys there are.

use super::Schema;

impl Schema<'_> {
    /// The paths of all keys that hold a string, choices and Kubernetes' own objects aside; `[]` stands for an item of
    /// a list, `*` for the key of a free map.
    ///
    /// # Panics
    ///
    /// Never: it asks for keys that are listed.
    #[must_use]
    pub fn string_keys(self) -> Vec<String> {
        let mut keys = Vec::new();
        self.collect_string_keys("", &mut keys);
        keys
    }

    fn collect_string_keys(self, at: &str, keys: &mut Vec<String>) {
        for one in self.alternatives().into_iter().filter(|one| !one.is_of_kubernetes()) {
            if one.types().contains(&"string") && one.node.get("enum").is_none() && one.node.get("const").is_none() {
                keys.push(at.to_owned());
            }
            for (key, _) in one.node["properties"].as_object().into_iter().flatten() {
                let path = if at.is_empty() { key.clone() } else { format!("{at}.{key}") };
                one.property(key).expect("it is listed").collect_string_keys(&path, keys);
            }
            if let Some(rest) = one.node.get("additionalProperties").filter(|rest| rest.is_object()) {
                one.within(rest).collect_string_keys(&format!("{at}.*"), keys);
            }
            if let Some(items) = one.items() {
                items.collect_string_keys(&format!("{at}[]"), keys);
            }
        }
    }
}
