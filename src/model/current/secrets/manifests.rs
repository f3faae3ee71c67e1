//! What templates see of the Secrets: those that are made, and those that a store has.

use indexmap::IndexMap;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{Secret, Secrets, Source};
use crate::model::current::{Basis, bundled_database};
use crate::model::labels::Labels;
use crate::model::placeholders::{self, Placeholder};
use crate::model::secret_data::{SecretData, SecretKeys};
use crate::values::{Annotations, ExternalSecrets, RemoteKey, SecretStore, StoreReference};

/// A Secret, or an ExternalSecret, as its template sees it.
#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct Manifest {
    api_version: &'static str,
    kind: &'static str,
    name: String,
    namespace: Option<String>,
    labels: Labels,
    annotations: IndexMap<String, String>,
    #[serde(rename = "type")]
    kind_of_secret: Option<&'static str>,
    #[serde(flatten)]
    keys: SecretKeys,
    spec: Option<Value>,
}

impl Secrets {
    /// What their templates see, by the names that they have there.
    pub fn manifests(&self, basis: &Basis<'_>) -> Value {
        let values = basis.values;
        let labels = &basis.labelling;
        let namespace = (!basis.is_for_helm()).then(|| basis.names.namespace.clone());
        let hook = |annotations: &Annotations| {
            let hook =
                [("helm.sh/hook", "pre-install"), ("helm.sh/hook-delete-policy", "before-hook-creation"), ("helm.sh/hook-weight", "0")];
            let hook = hook.into_iter().filter(|_| basis.is_for_helm()).map(|(key, value)| (key.to_owned(), value.to_owned()));
            hook.chain(annotations.0.clone()).collect::<IndexMap<_, _>>()
        };
        let manifest = |secret: &Secret, labels: Labels, annotations: IndexMap<String, String>, kind: Option<&'static str>| {
            let named = Manifest {
                api_version: "v1",
                kind: "Secret",
                name: secret.name.clone(),
                namespace: secret.namespace.clone().or_else(|| namespace.clone()),
                labels,
                annotations,
                kind_of_secret: kind,
                keys: SecretKeys::default(),
                spec: None,
            };
            match (&secret.source, &values.secrets.external_secrets) {
                (Source::Values(keys), _) => Some(Manifest { keys: keys.clone(), ..named }),
                (Source::Store(remote), Some(store)) if secret.wanted => Some(Manifest {
                    api_version: "external-secrets.io/v1",
                    kind: "ExternalSecret",
                    kind_of_secret: None,
                    spec: Some(spec(store, remote, secret)),
                    ..named
                }),
                _ => None,
            }
        };
        let opaque =
            |secret: &Secret, labels: Labels, annotations: IndexMap<String, String>| manifest(secret, labels, annotations, Some("Opaque"));
        let chart = |mut labels: Labels| {
            // The chart leaves its version out in these two.
            labels.insert("chart".to_owned(), "airflow".to_owned());
            labels
        };
        let none = IndexMap::new;
        json!({
            "metadata": [
                opaque(&self.metadata, labels.plain(), values.data.metadata_connection.secret_annotations.0.clone())
                    .filter(|_| !self.metadata_password.wanted),
                opaque(&self.metadata_password, labels.plain(), none()),
            ],
            "resultBackend": [
                opaque(&self.result_backend, labels.plain(), values.data.result_backend_connection_secret_annotations.0.clone())
                    .filter(|_| !self.result_backend_password.wanted),
                opaque(&self.result_backend_password, labels.plain(), none()),
            ],
            "brokerUrl": opaque(&self.broker_url, chart(labels.of("redis")), hook(&values.data.broker_url_secret_annotations)),
            "fernetKey": opaque(&self.fernet_key, labels.plain(), hook(&values.keys.fernet_key_secret_annotations)),
            "apiSecretKey": opaque(&self.api_secret_key, labels.of("api-server"), values.keys.api_secret_annotations.0.clone()),
            "jwt": opaque(&self.jwt, chart(labels.of("api-server")), values.keys.jwt_secret_annotations.0.clone()),
            "webserverSecretKey":
                opaque(&self.webserver_secret_key, labels.of("webserver"), values.keys.webserver_secret_annotations.0.clone()),
            "redisPassword": opaque(&self.redis_password, labels.of("redis"), hook(&values.redis.password_secret_annotations)),
            "gitSshKey": manifest(&self.git_ssh_key, labels.plain(), none(), None),
            "gitCredentials": opaque(&self.git_credentials, labels.plain(), none()),
            "githubApp": opaque(&self.github_app, labels.plain(), none()),
            "userPassword": opaque(&self.user_password, labels.of("create-user-job"), none()),
            "bundledDatabase":
                opaque(&self.bundled_database, labels.of_bundled_database(), bundled_database::annotations(values).0),
            "storage": self.storage.iter().filter_map(|secret| opaque(secret, labels.plain(), none())).collect::<Vec<_>>(),
            "registry": registry(basis).map(|keys| Manifest {
                api_version: "v1",
                kind: "Secret",
                name: basis.names.of("registry"),
                namespace: namespace.clone(),
                labels: labels.plain(),
                annotations: none(),
                kind_of_secret: Some("kubernetes.io/dockerconfigjson"),
                keys,
                spec: None,
            }),
        })
    }

    /// The placeholders that are left in them.
    pub fn placeholders(&self, basis: &Basis<'_>) -> Vec<Placeholder> {
        let made = self.all().filter_map(|secret| placeholders::of(&secret.values_key, secret.made()?));
        let registry = registry(basis).and_then(|keys| placeholders::of("registry.connection.pass", &keys));
        made.chain(registry).collect()
    }
}

/// What an ExternalSecret asks its store for (External Secrets Operator: `ExternalSecretSpec`).
fn spec(store: &ExternalSecrets, remote: &RemoteKey, secret: &Secret) -> Value {
    let store_ref = match &store.store {
        SecretStore::Name(name) => json!({"name": &**name, "kind": "SecretStore"}),
        SecretStore::Reference(StoreReference { name, kind }) => json!({"name": &**name, "kind": kind}),
    };
    let remote_ref = match remote {
        RemoteKey::Name(key) => json!({"key": &**key}),
        RemoteKey::Reference(reference) => json!(reference),
    };
    let data: Vec<Value> = secret.stored_keys.iter().map(|key| json!({"secretKey": key, "remoteRef": remote_ref})).collect();
    // The rest of the Secret is in no store.
    let derived: Vec<(&str, &String)> =
        secret.derived_keys.iter().filter_map(|derived| Some((derived.key, derived.template.as_ref()?))).collect();
    let template = (!secret.plain_keys.is_empty() || !derived.is_empty()).then(|| {
        let literal = |text: &str| if text.contains("{{") { format!("{{{{ {} }}}}", json!(text)) } else { text.to_owned() };
        let plain = secret.plain_keys.iter().map(|(key, text)| ((*key).to_owned(), literal(text).into()));
        let secret = secret.stored_keys.iter().map(|key| ((*key).to_owned(), format!("{{{{ .{key} }}}}").into()));
        let derived = derived.iter().map(|(key, template)| ((*key).to_owned(), template.as_str().into()));
        json!({"engineVersion": "v2", "data": plain.chain(secret).chain(derived).collect::<Map<String, Value>>()})
    });
    json!({
        "refreshInterval": &*store.refresh_interval,
        "secretStoreRef": store_ref,
        "target": {"name": secret.name, "template": template},
        "data": data,
    })
}

/// The Secret with the credentials of an image registry, if it is made.
fn registry(basis: &Basis<'_>) -> Option<SecretKeys> {
    let connection = &basis.values.registry.connection;
    let host = connection.host.as_ref()?;
    let user = connection.user.clone().unwrap_or_default();
    let email = connection.email.clone().unwrap_or_default();
    let pass = connection.pass.as_ref();
    let is_open = pass.is_some_and(|pass| pass.placeholder().is_some());
    let config = SecretData::with(pass, str::to_owned, |pass| {
        let pass = pass.unwrap_or_default();
        // What is both in one cannot be filled in later; the kubelet takes the two for it.
        let auth = (!is_open).then(|| SecretData::Known(format!("{user}:{pass}")).written());
        let mut credentials = json!({"username": user, "password": pass, "email": email});
        credentials.as_object_mut().into_iter().for_each(|map| map.extend(auth.clone().map(|auth| ("auth".to_owned(), auth.into()))));
        json!({"auths": {host: credentials}}).to_string()
    });
    Some(SecretKeys(IndexMap::from([(".dockerconfigjson", config)])))
}
