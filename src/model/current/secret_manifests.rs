//! What templates see of the Secrets: those that are made, and those that a store has.

use indexmap::IndexMap;
use serde::Serialize;

use super::basis::Basis;
use super::external_secret::ExternalSecretSpec;
use super::secret::{Secret, Source};
use super::secrets::Own;
use crate::model::labels::Labels;
use crate::model::missing::{FILE, Missing};
use crate::model::secret_data::{SecretData, SecretKeys};
use crate::values::{Annotations, Component, SecretGroup};

/// A Secret, or an ExternalSecret, as its template sees it.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SecretManifest {
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
    spec: Option<ExternalSecretSpec>,
}

/// The Secrets of the set, by the names that their templates have for them.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SecretManifests {
    metadata: Vec<SecretManifest>,
    result_backend: Vec<SecretManifest>,
    /// Of Celery's broker: by itself, and what components have of it.
    broker: Vec<SecretManifest>,
    pool_config: Option<SecretManifest>,
    pool_certificates: Option<SecretManifest>,
    pool_stats: Option<SecretManifest>,
    fernet_key: Option<SecretManifest>,
    api_secret_key: Option<SecretManifest>,
    jwt: Option<SecretManifest>,
    webserver_secret_key: Option<SecretManifest>,
    git_ssh_key: Option<SecretManifest>,
    git_credentials: Option<SecretManifest>,
    github_app: Option<SecretManifest>,
    elasticsearch: Option<SecretManifest>,
    opensearch: Option<SecretManifest>,
    storage: Vec<SecretManifest>,
    registry: Option<SecretManifest>,
}

/// A Secret that one component alone reads, as its templates see it.
#[derive(Clone, Debug, Serialize)]
pub struct OwnSecret {
    name: String,
    /// Whether a pod reads it.
    wanted: bool,
    /// The Secret itself, if it is among the manifests.
    manifest: Option<SecretManifest>,
}

impl OwnSecret {
    /// The Secrets of a component, which has `key` in the values.
    pub fn of_component(basis: &Basis<'_>, key: &str, component: &dyn Component) -> IndexMap<&'static str, Self> {
        let declared = component.secrets(basis.values);
        let own = basis.secrets.of_component(key).zip(declared).map(|(Own { id, secret, .. }, declared)| {
            let annotations = if declared.is_made_once { made_once(basis, &declared.annotations) } else { declared.annotations.0 };
            let manifest = manifest(basis, secret, basis.labelling.of_own(component), annotations, OPAQUE);
            (*id, Self { name: secret.name.clone(), wanted: secret.wanted, manifest })
        });
        own.collect()
    }
}

/// The Secrets of a group that one component alone reads, if they are among the manifests.
fn own_of_group<'b>(basis: &'b Basis<'_>, group: SecretGroup) -> impl Iterator<Item = SecretManifest> + 'b {
    let components = basis.values.components().into_iter();
    let own = components.flat_map(|(key, component)| {
        let declared = component.secrets(basis.values);
        let groups = declared.into_iter().map(|secret| secret.group);
        OwnSecret::of_component(basis, key, component).into_values().zip(groups).collect::<Vec<_>>()
    });
    own.filter(move |(_, its)| *its == group).filter_map(|(own, _)| own.manifest)
}

/// The kind of Secrets that hold anything (Kubernetes: `Secret.type`).
const OPAQUE: Option<&str> = Some("Opaque");

/// The annotations of objects that Helm makes once, before all others.
fn made_once(basis: &Basis<'_>, own: &Annotations) -> IndexMap<String, String> {
    let hook = [("helm.sh/hook", "pre-install"), ("helm.sh/hook-delete-policy", "before-hook-creation"), ("helm.sh/hook-weight", "0")];
    let hook = hook.into_iter().filter(|_| basis.is_for_helm()).map(|(key, value)| (key.to_owned(), value.to_owned()));
    hook.chain(own.0.clone()).collect()
}

/// The Secret, or the ExternalSecret for it, if one is among the manifests.
fn manifest(
    basis: &Basis<'_>,
    secret: &Secret,
    labels: Labels,
    annotations: IndexMap<String, String>,
    kind: Option<&'static str>,
) -> Option<SecretManifest> {
    let namespace = secret.namespace.clone().or_else(|| basis.namespace().map(str::to_owned));
    let made = SecretManifest {
        api_version: "v1",
        kind: "Secret",
        name: secret.name.clone(),
        namespace,
        labels,
        annotations,
        kind_of_secret: kind,
        keys: SecretKeys::default(),
        spec: None,
    };
    match (&secret.source, &basis.values.secrets.external_secrets) {
        (Source::Values(keys), _) => Some(SecretManifest { keys: keys.clone(), ..made }),
        (Source::Store(remote), Some(store)) if secret.wanted => Some(SecretManifest {
            api_version: "external-secrets.io/v1",
            kind: "ExternalSecret",
            kind_of_secret: None,
            spec: Some(ExternalSecretSpec::of(store, remote, secret)),
            ..made
        }),
        _ => None,
    }
}

impl SecretManifests {
    /// The Secrets of the set, those of components aside.
    pub fn of(basis: &Basis<'_>) -> Self {
        let (values, secrets, labels) = (basis.values, &basis.secrets, &basis.labelling);
        let none = Annotations::default();
        let opaque =
            |secret: &Secret, labels: Labels, annotations: &Annotations| manifest(basis, secret, labels, annotations.0.clone(), OPAQUE);
        let once = |secret: &Secret, labels: Labels, annotations: &Annotations| {
            manifest(basis, secret, labels, made_once(basis, annotations), OPAQUE)
        };
        let without_version = |mut labels: Labels| {
            // The chart leaves its version out in these two.
            labels.insert("chart".to_owned(), "airflow".to_owned());
            labels
        };
        // A connection as a whole, or its password alone.
        let connection = |whole: &Secret, password: &Secret, annotations: &Annotations| -> Vec<SecretManifest> {
            let whole = opaque(whole, labels.plain(), annotations).filter(|_| !password.wanted);
            whole.into_iter().chain(opaque(password, labels.plain(), &none)).collect()
        };
        let (data, pool) = (&values.data, &values.pgbouncer);
        let of_pool = || labels.of_own(pool);
        Self {
            metadata: connection(&secrets.metadata, &secrets.metadata_password, &data.metadata_connection.secret_annotations),
            result_backend: connection(
                &secrets.result_backend,
                &secrets.result_backend_password,
                &data.result_backend_connection_secret_annotations,
            ),
            broker: own_of_group(basis, SecretGroup::Broker)
                .chain(once(&secrets.broker_url, without_version(labels.of("redis")), &data.broker_url_secret_annotations))
                .collect(),
            pool_config: opaque(&secrets.pool.config, of_pool(), &pool.config_secret_annotations),
            pool_certificates: opaque(&secrets.pool.certificates, of_pool(), &pool.certificates_secret_annotations),
            pool_stats: opaque(&secrets.pool.stats, of_pool(), &pool.metrics_exporter_sidecar.stats_secret_annotations),
            fernet_key: once(&secrets.fernet_key, labels.plain(), &values.keys.fernet_key_secret_annotations),
            api_secret_key: opaque(&secrets.api_secret_key, labels.of("api-server"), &values.keys.api_secret_annotations),
            jwt: opaque(&secrets.jwt, without_version(labels.of("api-server")), &values.keys.jwt_secret_annotations),
            webserver_secret_key: opaque(&secrets.webserver_secret_key, labels.of("webserver"), &values.keys.webserver_secret_annotations),
            git_ssh_key: manifest(basis, &secrets.git_ssh_key, labels.plain(), IndexMap::new(), None),
            git_credentials: opaque(&secrets.git_credentials, labels.plain(), &none),
            github_app: opaque(&secrets.github_app, labels.plain(), &none),
            elasticsearch: opaque(&secrets.elasticsearch, labels.plain(), &values.elasticsearch.secret_annotations),
            opensearch: opaque(&secrets.opensearch, labels.plain(), &values.opensearch.secret_annotations),
            storage: secrets.storage.iter().filter_map(|secret| opaque(secret, labels.plain(), &none)).collect(),
            registry: registry(basis).map(|keys| SecretManifest {
                api_version: "v1",
                kind: "Secret",
                name: basis.names.of("registry"),
                namespace: basis.namespace().map(str::to_owned),
                labels: labels.plain(),
                annotations: IndexMap::new(),
                kind_of_secret: Some(REGISTRY),
                keys,
                spec: None,
            }),
        }
    }
}

/// The type of a Secret with the credentials of an image registry (Kubernetes: `Secret.type`).
const REGISTRY: &str = "kubernetes.io/dockerconfigjson";
/// Its key.
const REGISTRY_KEY: &str = ".dockerconfigjson";

/// The Secret with the credentials of an image registry, if a placeholder stands in it.
pub fn missing_registry(basis: &Basis<'_>) -> Option<Missing> {
    let connection = &basis.values.registry.connection;
    connection.host.as_ref()?;
    connection.pass.as_ref()?.placeholder()?;
    Some(Missing {
        key: "registry.connection.pass".to_owned(),
        name: basis.names.of("registry"),
        namespace: basis.names.namespace.clone(),
        kind: Some(REGISTRY),
        literals: vec![(REGISTRY_KEY.to_owned(), FILE.to_owned())],
        fresh: None,
        is_open: true,
    })
}

/// The Secret with the credentials of an image registry, if it is made.
fn registry(basis: &Basis<'_>) -> Option<SecretKeys> {
    let connection = &basis.values.registry.connection;
    let host = connection.host.as_ref()?;
    let user = connection.user.clone().unwrap_or_default();
    let email = connection.email.clone().unwrap_or_default();
    let pass = match connection.pass.as_ref() {
        Some(pass) if pass.placeholder().is_some() => return None,
        pass => pass.and_then(|pass| pass.text()).unwrap_or_default(),
    };
    let auth = SecretData::Known(format!("{user}:{pass}")).written();
    let credentials = IndexMap::from([("username", &*user), ("password", pass), ("email", &*email), ("auth", &*auth)]);
    let config = IndexMap::from([("auths", IndexMap::from([(host, credentials)]))]);
    let config = serde_json::to_string(&config).expect("text is JSON");
    Some(SecretKeys(IndexMap::from([(REGISTRY_KEY, SecretData::Known(config))])))
}
