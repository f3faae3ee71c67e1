//! What is read of a map that is judged.

use crate::schema::{Finding, Trail, quantity, rules};
use crate::yaml::{Map, Node};

/// The text of a key; nothing is an empty one.
pub(super) fn text<'n>(entries: &'n Map, key: &str) -> &'n str {
    entries.get(key).and_then(|entry| entry.value.as_str()).unwrap_or_default()
}

/// The items of a key.
pub(super) fn list<'n>(entries: &'n Map, key: &str) -> &'n [Node] {
    entries.get(key).and_then(|entry| entry.value.as_list()).unwrap_or_default()
}

/// The entries of a key.
pub(super) fn map<'n>(entries: &'n Map, key: &str) -> impl Iterator<Item = (&'n str, &'n Node)> + use<'n> {
    let map = entries.get(key).and_then(|entry| entry.value.as_map());
    map.into_iter().flatten().map(|(key, entry)| (key.as_str(), &entry.value))
}

/// What is behind a way of keys.
pub(super) fn at<'n>(entries: &'n Map, path: &[&str]) -> Option<&'n Node> {
    let (first, rest) = path.split_first()?;
    entries.get(*first)?.value.at(rest)
}

/// The whole number of a node.
pub(super) fn number(node: Option<&Node>) -> Option<i64> {
    node?.scalar().parse().ok()
}

/// Whether a key says so.
pub(super) fn is_true(entries: &Map, path: &[&str]) -> bool {
    at(entries, path).is_some_and(|node| node.scalar() == "true")
}

/// The amount of a resource in billionths, as far as it is one.
pub(super) fn size(node: &Node) -> Option<i128> {
    quantity::amount(node)
}

/// Adds a finding that a rule is broken.
pub(super) fn says(findings: &mut Vec<Finding>, at: &Trail<'_>, what: impl Into<String>, label: &'static str) {
    findings.push(rules::rule(at, what.into(), label));
}

/// Looks at each container of a pod, and whether it is one of the `initContainers`.
pub(super) fn each_container(pod: &Map, at: &Trail<'_>, mut look: impl FnMut(&Map, &Trail<'_>, bool)) {
    for (key, is_init) in [("containers", false), ("initContainers", true)] {
        for (index, container) in list(pod, key).iter().enumerate() {
            if let Some(entries) = container.as_map() {
                look(entries, &Trail::Index(&Trail::Key(at, key), index), is_init);
            }
        }
    }
}
