//! Parts of the values that are given as texts of YAML.

use serde_json::{Map, Value};

use crate::yaml;

/// What an item begins with that stands, in the template for pods of tasks, for a list that the model knows; then comes its name,
/// which is that of the chart's own template. `names.tpl` writes it.
pub const BLOCK: &str = "- name: gen/";

/// The values that a text of YAML holds, a document each and but for empty ones; `None` if it is not YAML.
#[must_use]
pub fn yaml_values(text: &str) -> Option<Vec<Value>> {
    let documents = yaml::read(text, 0).ok()?;
    documents.into_iter().filter(|document| !document.is_null()).map(|document| serde_json::to_value(document).ok()).collect()
}

/// The value that a text of YAML holds; `None` if it is not one document.
#[must_use]
pub fn yaml_value(text: &str) -> Option<Value> {
    let documents = yaml::read(text, 0).ok()?;
    let [document] = <[yaml::Node; 1]>::try_from(documents).ok()?;
    serde_json::to_value(document).ok()
}

/// The list that a text of YAML holds; empty without a text.
#[must_use]
pub fn yaml_list(text: Option<&str>) -> Vec<Value> {
    text.and_then(yaml_value).and_then(|value| value.as_array().cloned()).unwrap_or_default()
}

/// The entries that a text of YAML holds, each as text.
#[must_use]
pub fn yaml_entries(text: Option<&str>) -> Map<String, Value> {
    let map = text.and_then(yaml_value).and_then(|value| value.as_object().cloned()).unwrap_or_default();
    let text = |value: Value| if value.is_string() { value } else { value.to_string().into() };
    map.into_iter().map(|(key, value)| (key, text(value))).collect()
}
