//! No string breaks out of its place.
//!
//! For every key of the values that holds a string: any string gives either an error that names the key, or manifests
//! from which an independent YAML reader (libyaml) reads exactly that string back, and all else unchanged.

#![allow(clippy::case_sensitive_file_extension_comparisons)] // Keys end as if they were files' names.

mod bases;
mod group;
mod manifests;
mod nasty;
mod place;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use airflow_gen::layers::has_key;
use airflow_gen::values::{Edition, schema};
use libtest_mimic::Trial;
use serde_json::Value;

use bases::base;

/// Keys whose string does not go into a manifest as it is; their own tests stand elsewhere.
/// `executor` is one of a few values; objects and patches are texts of YAML.
const ELSEWHERE: [&str; 4] = ["airflowVersion", "executor", "extraObjects[]", "patches"];

/// Keys of the current edition whose string does not go into a manifest as it is, or that are texts of YAML.
const ELSEWHERE_CURRENT: [&str; 23] = [
    "airflowVersion",
    "executor",
    "extraObjects",
    "patches",
    "podTemplate",
    "extraEnv",
    "extraEnvFrom",
    "dags.gitSync.envFrom",
    "redis.password",
    "registry.connection",
    "extraSecrets",
    "extraConfigMaps",
    "statsd.cache",
    "kerberos.keytabBase64Content",
    "importJob.pools",
    "importJob.variables",
    "importJob.connections",
    "pgbouncer.auth_",
    "pgbouncer.ciphers",
    "pgbouncer.configSecretName",
    "pgbouncer.extraIni",
    "pgbouncer.metricsExporterSidecar.s",
    "pgbouncer.sslmode",
];

/// A trial for each key of each edition.
pub fn trials() -> impl Iterator<Item = Trial> {
    let document = schema();
    let mut keys = airflow_gen::schema::Schema::of(document).string_keys();
    keys.extend(["env[].name", "env[].value"].map(str::to_owned));
    // Where a secret is is not where it goes.
    let sources: Vec<String> = keys.iter().filter_map(|key| key.strip_suffix(".placeholder").map(str::to_owned)).collect();
    keys.retain(|key| !sources.iter().any(|source| *key == format!("{source}.env") || *key == format!("{source}.file")));
    let of_edition = |edition: Edition| keys.iter().filter(move |key| has_key(edition, &key.replace("[]", "").replace(".*", "")));
    let old = of_edition(Edition::V1_10).filter(|key| !ELSEWHERE.iter().any(|other| key.starts_with(other)));
    let current = of_edition(Edition::Current).filter(|key| {
        let elsewhere = ELSEWHERE_CURRENT.iter().any(|other| key.starts_with(other));
        // A queue's name stands within the text of KEDA's query.
        // A placeholder goes nowhere.
        !elsewhere
            && !key.ends_with(".placeholder")
            && !key.ends_with(".queue")
            // One of three words.
            && !key.ends_with(".pathType")
            // A shell reads those that say what a set takes.
            && ![".sets[].queues[]", "workers.edge.queues[]", ".sets[].teamName", ".sets[].bundles[]"].iter().any(|end| key.ends_with(end))
            // The address of the server follows from it: its path stands elsewhere too, without the slash at its end.
            && !["ingress.apiServer.path", "apiServer.httpRoute.path", "flower.httpRoute.path"].contains(&key.as_str())
    });
    let (old, current): (Vec<_>, Vec<_>) = (old.cloned().collect(), current.cloned().collect());
    assert!(old.len() > 80 && current.len() > 300, "{} and {}", old.len(), current.len());
    let groups: Vec<Arc<Group>> = groups(Edition::V1_10, old).chain(groups(Edition::Current, current)).collect();
    // Group by group in turn: no thread waits for another's.
    (0..GROUP).flat_map(move |index| groups.clone().into_iter().filter_map(move |group| group.trial(index)))
}

/// How many keys are tried at once.
const GROUP: usize = 32;

/// Keys that have an effect in the same values, and what is wrong with them, which is found out for all at once.
struct Group {
    edition: Edition,
    base: Value,
    keys: Vec<String>,
    faults: OnceLock<BTreeMap<String, String>>,
}

impl Group {
    /// The trial of a key; the first that runs tries all keys of the group.
    fn trial(self: Arc<Self>, index: usize) -> Option<Trial> {
        let key = self.keys.get(index)?.clone();
        Some(Trial::test(format!("any_string_stays_in_its_place::{}::{key}", self.edition.name()), move || {
            let faults = self.faults.get_or_init(|| group::faults(&self.base, &self.keys, strings(self.edition)));
            faults.get(&key).map_or(Ok(()), |fault| Err(fault.into()))
        }))
    }
}

/// The keys of an edition, by the values in which they have an effect.
fn groups(edition: Edition, keys: Vec<String>) -> impl Iterator<Item = Arc<Group>> {
    let mut by_base: Vec<(Value, Vec<String>)> = Vec::new();
    for key in keys {
        let base = base(edition, &key);
        match by_base.iter_mut().find(|(other, keys)| *other == base && keys.len() < GROUP) {
            Some((_, keys)) => keys.push(key),
            None => by_base.push((base, vec![key])),
        }
    }
    by_base.into_iter().map(move |(base, keys)| Arc::new(Group { edition, base, keys, faults: OnceLock::new() }))
}

/// How many strings a key is tried with; the manifests of the current edition are many.
fn strings(edition: Edition) -> u32 {
    match edition {
        Edition::V1_10 => 64,
        Edition::Current => 10,
    }
}
