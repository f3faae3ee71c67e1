//! The Secrets: what is in those that are made, and the names of those that have to exist.

use std::fmt;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use indexmap::IndexMap;
use serde::Serialize;
use serde_json::{Value, json};

use super::names::Names;
use super::{Basis, broker, databases};
use crate::model::External;
use crate::model::labels::Labels;
use crate::values::{Annotations, DnsSubdomain, SecretValue, Values};

/// A Secret that pods refer to by one key.
#[derive(Clone)]
pub struct Secret {
    pub name: String,
    /// The key that pods read.
    pub key: &'static str,
    /// The key's value as the manifest has it; `None`: the Secret is not among the manifests and has to exist.
    pub value: Option<String>,
    /// Whether a pod of the set refers to it.
    pub wanted: bool,
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Secret").field("name", &self.name).finish_non_exhaustive()
    }
}

/// A Secret as its template sees it.
#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Made {
    name: String,
    labels: Labels,
    annotations: IndexMap<String, String>,
    data: IndexMap<&'static str, String>,
}

/// The Secrets that pods refer to.
#[derive(Clone, Debug)]
pub struct Secrets {
    pub metadata: Secret,
    pub result_backend: Secret,
    pub broker_url: Secret,
    pub fernet_key: Secret,
    pub api_secret_key: Secret,
    pub jwt: Secret,
    pub webserver_secret_key: Secret,
    pub redis_password: Secret,
    pub git_ssh_key: Secret,
}

/// The value of a key in a Secret's `data`: base64, but for placeholders, which stay as they are.
fn encoded(secret: &SecretValue) -> String {
    match secret {
        SecretValue::Text(text) => BASE64_STANDARD.encode(&**text),
        SecretValue::Placeholder(placeholder) => placeholder.placeholder.to_string(),
    }
}

impl Secrets {
    pub fn of(values: &Values, names: &Names) -> Self {
        let secret = |base: &str, key: &'static str, existing: &Option<DnsSubdomain>, value: Option<String>, wanted: bool| {
            let existing = existing.as_ref().and_then(|name| name.given());
            Secret {
                name: existing.map_or_else(|| names.of(base), str::to_owned),
                key,
                value: value.filter(|value| existing.is_none() && !value.is_empty()),
                wanted,
            }
        };
        let given = |value: &Option<SecretValue>| value.as_ref().map(encoded);
        let data = &values.data;
        let celery = values.executor.uses_celery();
        let variables = &values.enable_built_in_secret_env_vars;
        let after_3 = values.airflow_version.major() >= 3;
        let metadata = secret(
            "metadata",
            "connection",
            &data.metadata_secret_name,
            databases::metadata_value(values, names),
            variables.sql_alchemy_conn || variables.airflow_db,
        );
        let result_backend = Secret {
            // Without one of its own it is the metadata database's.
            name: match (&data.result_backend_secret_name, &data.metadata_secret_name, &data.result_backend_connection) {
                (Some(name), ..) | (None, Some(name), None) => name.to_string(),
                _ => names.of("result-backend"),
            },
            key: "connection",
            value: databases::result_backend_uri(values).map(|uri| BASE64_STANDARD.encode(uri)),
            wanted: databases::has_result_backend(values) && celery && variables.result_backend,
        };
        let broker = broker::url(values, names).map(|url| BASE64_STANDARD.encode(url));
        let git = &values.dags.git_sync;
        Self {
            metadata,
            result_backend,
            broker_url: secret("broker-url", "connection", &data.broker_url_secret_name, broker, celery && variables.broker_url),
            fernet_key: secret("fernet-key", "fernet-key", &values.fernet_key_secret_name, given(&values.fernet_key), variables.fernet_key),
            api_secret_key: secret(
                "api-secret-key",
                "api-secret-key",
                &values.api_secret_key_secret_name,
                given(&values.api_secret_key).filter(|_| after_3),
                after_3 && variables.api_secret_key,
            ),
            jwt: secret(
                "jwt-secret",
                "jwt-secret",
                &values.jwt_secret_name,
                given(&values.jwt_secret).filter(|_| after_3),
                after_3 && variables.jwt_secret,
            ),
            webserver_secret_key: secret(
                "webserver-secret-key",
                "webserver-secret-key",
                &values.webserver_secret_key_secret_name,
                given(&values.webserver_secret_key).filter(|_| !after_3),
                !after_3 && variables.webserver_secret_key,
            ),
            redis_password: secret(
                "redis-password",
                "password",
                &values.redis.password_secret_name,
                values.redis.password.as_ref().filter(|_| broker::is_bundled(values)).map(|text| BASE64_STANDARD.encode(&**text)),
                broker::is_bundled(values),
            ),
            git_ssh_key: secret(
                "ssh-secret",
                "gitSshKey",
                &git.ssh_key_secret,
                git.ssh_key.as_ref().filter(|_| git.enabled).map(|key| BASE64_STANDARD.encode(&**key)),
                git.enabled && (git.ssh_key.is_some() || git.ssh_key_secret.as_ref().is_some_and(|name| name.given().is_some())),
            ),
        }
    }

    fn all(&self) -> [&Secret; 9] {
        let Self {
            metadata,
            result_backend,
            broker_url,
            fernet_key,
            api_secret_key,
            jwt,
            webserver_secret_key,
            redis_password,
            git_ssh_key,
        } = self;
        [metadata, result_backend, broker_url, fernet_key, api_secret_key, jwt, webserver_secret_key, redis_password, git_ssh_key]
    }

    /// The Secrets that others provide.
    pub fn external(&self, basis: &Basis<'_>) -> Vec<External> {
        let registry = basis.values.registry.secret_name.as_ref().and_then(|name| name.given()).map(str::to_owned);
        let credentials = basis.values.dags.git_sync.credentials_secret.as_ref().and_then(|name| name.given()).map(str::to_owned);
        let wanted = self.all().into_iter().filter(|secret| secret.wanted && secret.value.is_none()).map(|secret| secret.name.clone());
        let pulls = basis.values.image_pull_secrets.iter().map(|secret| secret.name().to_owned());
        wanted.chain(registry).chain(credentials).chain(pulls).map(|name| External { kind: "Secret", name }).collect()
    }

    /// The Secrets that are wanted and not made, for which the user gave no name either.
    pub fn missing(&self, values: &Values) -> Vec<(&'static str, &Secret)> {
        let named = |name: &Option<DnsSubdomain>| name.as_ref().is_some_and(|name| name.given().is_some());
        // The password of the bundled Redis makes both Secrets.
        let broker = if broker::is_bundled(values) { "redis.password" } else { "data.brokerUrl" };
        let all = [
            (broker, &self.broker_url, named(&values.data.broker_url_secret_name)),
            ("fernetKey", &self.fernet_key, named(&values.fernet_key_secret_name)),
            ("apiSecretKey", &self.api_secret_key, named(&values.api_secret_key_secret_name)),
            ("jwtSecret", &self.jwt, named(&values.jwt_secret_name)),
            ("webserverSecretKey", &self.webserver_secret_key, named(&values.webserver_secret_key_secret_name)),
            ("redis.password", &self.redis_password, named(&values.redis.password_secret_name)),
        ];
        all.into_iter()
            .filter(|(_, secret, named)| secret.wanted && secret.value.is_none() && !named)
            .map(|(key, secret, _)| (key, secret))
            .collect()
    }

    /// The Secrets that are made, by the names that templates have for them.
    pub fn made(&self, basis: &Basis<'_>) -> Value {
        let values = basis.values;
        let labels = &basis.labelling;
        let hook = |annotations: &Annotations| {
            let hook =
                [("helm.sh/hook", "pre-install"), ("helm.sh/hook-delete-policy", "before-hook-creation"), ("helm.sh/hook-weight", "0")];
            let hook = hook.into_iter().filter(|_| basis.is_for_helm()).map(|(key, value)| (key.to_owned(), value.to_owned()));
            hook.chain(annotations.0.clone()).collect::<IndexMap<_, _>>()
        };
        let made = |secret: &Secret, labels: Labels, annotations: IndexMap<String, String>| {
            let data = IndexMap::from([(secret.key, secret.value.clone()?)]);
            Some(Made { name: secret.name.clone(), labels, annotations, data })
        };
        let chart = |mut labels: Labels| {
            // The chart leaves its version out in these two.
            labels.insert("chart".to_owned(), "airflow".to_owned());
            labels
        };
        json!({
            "metadata": made(&self.metadata, labels.plain(), values.data.metadata_connection.secret_annotations.0.clone()).map(|mut made| {
                let address = databases::keda_address(values, &basis.names);
                made.data.extend(address.map(|address| ("kedaConnection", BASE64_STANDARD.encode(address))));
                made
            }),
            "resultBackend": made(&self.result_backend, labels.plain(), values.data.result_backend_connection_secret_annotations.0.clone()),
            "brokerUrl": made(&self.broker_url, chart(labels.of("redis")), hook(&values.data.broker_url_secret_annotations)),
            "fernetKey": made(&self.fernet_key, labels.plain(), hook(&values.fernet_key_secret_annotations)),
            "apiSecretKey": made(&self.api_secret_key, labels.of("api-server"), values.api_secret_annotations.0.clone()),
            "jwt": made(&self.jwt, chart(labels.of("api-server")), values.jwt_secret_annotations.0.clone()),
            "webserverSecretKey": made(&self.webserver_secret_key, labels.of("webserver"), values.webserver_secret_annotations.0.clone()),
            "redisPassword": made(&self.redis_password, labels.of("redis"), hook(&values.redis.password_secret_annotations)),
            "gitSshKey": made(&self.git_ssh_key, labels.plain(), IndexMap::new()),
            "registry": registry(basis),
        })
    }
}

/// The Secret with the credentials of an image registry, if it is made.
fn registry(basis: &Basis<'_>) -> Option<Value> {
    let connection = &basis.values.registry.connection;
    let host = connection.host.as_ref()?;
    let (user, pass) = (connection.user.clone().unwrap_or_default(), connection.pass.as_deref().unwrap_or_default());
    let auth = BASE64_STANDARD.encode(format!("{user}:{pass}"));
    let email = connection.email.clone().unwrap_or_default();
    let config = json!({"auths": {host: {"username": user, "password": pass, "email": email, "auth": auth}}}).to_string();
    Some(json!({
        "name": basis.names.of("registry"),
        "labels": basis.labelling.plain(),
        "data": {".dockerconfigjson": BASE64_STANDARD.encode(config)},
    }))
}

/// The Secrets with registry credentials, as pods have them.
pub fn pull_secrets(basis: &Basis<'_>) -> Value {
    let values = basis.values;
    if !values.image_pull_secrets.is_empty() {
        return values.image_pull_secrets.iter().map(|secret| json!({"name": secret.name()})).collect();
    }
    let named = values.registry.secret_name.as_ref().and_then(|name| name.given()).map(str::to_owned);
    let made = values.registry.connection.host.as_ref().map(|_| basis.names.of("registry"));
    named.or(made).into_iter().map(|name| json!({"name": name})).collect()
}
