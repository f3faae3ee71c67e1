//! What an `ExternalSecret` says: what a store is asked for (External Secrets Operator: `ExternalSecretSpec`).

use indexmap::IndexMap;
use serde::Serialize;

use super::secret::Secret;
use crate::values::{ExternalSecrets, RemoteKey, RemoteReference, SecretStore, StoreKind, StoreReference};

/// What an ExternalSecret asks its store for.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ExternalSecretSpec {
    refresh_interval: String,
    secret_store_ref: StoreReference,
    target: Target,
    data: Vec<Entry>,
}

/// The Secret that is made of it.
#[derive(Clone, Debug, Serialize)]
struct Target {
    name: String,
    template: Option<Template>,
}

/// The data of the Secret, where not all of it is in the store.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Template {
    engine_version: &'static str,
    /// Go templates, which see what the store has.
    data: IndexMap<&'static str, String>,
}

/// A key of the Secret, and where the store has it.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    secret_key: &'static str,
    remote_ref: RemoteReference,
}

impl ExternalSecretSpec {
    /// What the store is asked for, for a Secret that it has at `remote`.
    pub fn of(store: &ExternalSecrets, remote: &RemoteKey, secret: &Secret) -> Self {
        let remote_ref = match remote {
            RemoteKey::Name(key) => RemoteReference { key: key.clone(), property: None, version: None },
            RemoteKey::Reference(reference) => reference.clone(),
        };
        Self {
            refresh_interval: store.refresh_interval.to_string(),
            secret_store_ref: match &store.store {
                SecretStore::Name(name) => StoreReference { name: name.clone(), kind: StoreKind::SecretStore },
                SecretStore::Reference(reference) => reference.clone(),
            },
            target: Target { name: secret.name.clone(), template: Template::of(secret) },
            data: secret.stored_keys.iter().map(|&secret_key| Entry { secret_key, remote_ref: remote_ref.clone() }).collect(),
        }
    }
}

impl Template {
    /// The template of a Secret with keys that are in no store.
    fn of(secret: &Secret) -> Option<Self> {
        let derived = secret.derived_keys.iter().filter_map(|derived| Some((derived.key, derived.template.clone()?)));
        let derived: Vec<_> = derived.collect();
        let plain = secret.plain_keys.iter().map(|(key, text)| (*key, literal(text)));
        let stored = secret.stored_keys.iter().map(|key| (*key, format!("{{{{ .{key} }}}}")));
        let is_whole = secret.plain_keys.is_empty() && derived.is_empty();
        (!is_whole).then(|| Self { engine_version: "v2", data: plain.chain(stored).chain(derived).collect() })
    }
}

/// The template of a text with what the store has under a key after it.
pub fn after(text: &str, key: &str) -> String {
    format!("{}{{{{ .{key} }}}}", literal(text))
}

/// A text that stands for itself in a Go template, whatever comes after it.
fn literal(text: &str) -> String {
    if !text.contains("{{") && !text.ends_with('{') {
        return text.to_owned();
    }
    format!("{{{{ {} }}}}", serde_json::to_string(text).expect("text is JSON"))
}

#[cfg(test)]
mod tests {
    use super::{after, literal};

    #[test]
    fn braces_stand_for_themselves() {
        assert_eq!(literal("git"), "git");
        assert_eq!(literal("a{{b\"}}"), r#"{{ "a{{b\"}}" }}"#);
        // As Go reads them: the first two braces begin an action, whatever stands before them.
        assert_eq!(after("git:", "password"), "git:{{ .password }}");
        assert_eq!(after("git{", "password"), r#"{{ "git{" }}{{ .password }}"#);
    }
}
