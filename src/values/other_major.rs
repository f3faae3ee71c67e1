//! Keys that have an effect in one major version of Airflow only.

use crate::schema::Path;
use crate::yaml::Node;

/// The keys that have no effect in a major version, and the keys to use there instead (empty if there are none).
#[must_use]
pub fn without_effect(major: u32) -> &'static [(&'static str, &'static str)] {
    if major >= 3 { &BEFORE_3 } else { &SINCE_3 }
}

const BEFORE_3: [(&str, &str); 4] = [
    ("webserver", "apiServer"),
    ("ingress.web", "ingress.apiServer"),
    ("webserverSecretKey", "apiSecretKey"),
    ("webserverSecretKeySecretName", "apiSecretKeySecretName"),
];

const SINCE_3: [(&str, &str); 8] = [
    ("apiServer", "webserver"),
    ("ingress.apiServer", "ingress.web"),
    ("apiSecretKey", "webserverSecretKey"),
    ("apiSecretKeySecretName", "webserverSecretKeySecretName"),
    ("jwtSecret", ""),
    ("jwtSecretName", ""),
    ("jwtPrivateKey", ""),
    ("workers.edge", ""),
];

/// Parts of those keys that have an effect in every version.
const ALWAYS: [&str; 4] = ["defaultUser", "webserverConfig", "webserverConfigConfigMapName", "configMapAnnotations"];

/// The keys of what a user says that have no effect in a major version, those of one row together, and the key to use there
/// instead. Beside what holds for every version, the others are named one by one.
#[must_use]
pub fn unheard(major: u32, said: &Node) -> Vec<(Vec<String>, &'static str)> {
    let mut found = Vec::new();
    for (key, instead) in without_effect(major) {
        let Some(node) = Path::of_keys(key).get(said).filter(|node| says_something(node)) else { continue };
        let one_by_one = |others: Vec<&str>| others.iter().map(|other| format!("{key}.{other}")).collect();
        found.push((others(node).map_or_else(|| vec![(*key).to_owned()], one_by_one), *instead));
    }
    found
}

/// The keys in it that say something to another version alone, if it has one that holds for every version.
fn others(node: &Node) -> Option<Vec<&str>> {
    let is_said = |key: &str, value: &Node| !if ALWAYS.contains(&key) { value.is_null() } else { value.says_nothing() };
    let said = node.as_map()?.iter().filter(|(key, entry)| is_said(key, &entry.value));
    let (for_all, others): (Vec<&str>, Vec<&str>) = said.map(|(key, _)| key.as_str()).partition(|key| ALWAYS.contains(key));
    (!for_all.is_empty()).then_some(others)
}

/// Whether a user says anything there besides `enabled: false`, emptiness, and what holds for every version.
fn says_something(node: &Node) -> bool {
    match node.as_map() {
        Some(entries) => entries.iter().any(|(key, entry)| !ALWAYS.contains(&key.as_str()) && !entry.value.says_nothing()),
        None => !node.says_nothing(),
    }
}
