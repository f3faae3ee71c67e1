//! The Secrets that pods refer to: which there are, and where each comes from.

mod maker;
mod manifests;
mod missing;
mod places;

use super::names::Names;
use super::{broker, databases, jobs};
use crate::model::connection;
use crate::model::missing::Fresh;
use crate::model::secret_data::SecretKeys;
use crate::values::{DnsSubdomain, RemoteKey, Values};

use maker::{Maker, of};
pub use places::{PASSWORDS, USERNAMES};

/// A Secret that pods refer to.
#[derive(Clone, Debug)]
pub struct Secret {
    /// The key of the values that gives it, or would: `fernetKey`.
    pub values_key: String,
    /// Its name.
    pub name: String,
    /// Its namespace, where that is not the release's.
    pub namespace: Option<String>,
    /// The key of it that pods read.
    pub key: String,
    /// Its keys that hold the secret, where it is not made of the values.
    pub stored_keys: Vec<&'static str>,
    /// Its other keys, which are no secret.
    pub plain_keys: Vec<(&'static str, String)>,
    /// Its keys that are made of those that hold the secret, where it is not made of the values.
    pub derived_keys: Vec<Derived>,
    /// Where it comes from.
    pub source: Source,
    /// Whether the values give it, or name one that exists, whatever a store is asked for.
    pub is_given: bool,
    /// Whether a pod of the set refers to it.
    pub wanted: bool,
    /// Whether any text will do that nobody can guess.
    pub fresh: Option<Fresh>,
}

/// A key of a Secret that is made of another one.
#[derive(Clone, Debug)]
pub struct Derived {
    pub key: &'static str,
    /// How the External Secrets Operator makes it, if it can (a Go template).
    pub template: Option<String>,
    /// What it looks like.
    pub example: String,
}

/// Where a Secret comes from.
#[derive(Clone, Debug)]
pub enum Source {
    /// The values give it: it is among the manifests.
    Values(SecretKeys),
    /// The user names one that exists.
    Named,
    /// Another one of the set has it: that of the PostgreSQL among the manifests.
    Server,
    /// A store has it: an ExternalSecret is among the manifests.
    Store(RemoteKey),
    /// Nobody gives it: it has to exist.
    Missing,
}

impl Secret {
    /// What its manifest has, if the values give it.
    pub fn made(&self) -> Option<&SecretKeys> {
        if let Source::Values(keys) = &self.source { Some(keys) } else { None }
    }

    /// Whether it has a key besides the one that pods mostly read.
    pub fn has(&self, key: &str) -> bool {
        match &self.source {
            Source::Values(keys) => keys.0.contains_key(key),
            Source::Store(_) => self.derived_keys.iter().any(|derived| derived.key == key && derived.template.is_some()),
            Source::Missing => self.derived_keys.iter().any(|derived| derived.key == key),
            Source::Named | Source::Server => false,
        }
    }

    /// What a pod that reads it depends on, for checksums.
    pub fn written(&self) -> Option<(&str, String)> {
        self.made()?.0.get(self.key.as_str()).map(|data| (self.key.as_str(), data.written()))
    }
}

/// The Secrets that pods refer to.
#[derive(Clone, Debug)]
pub struct Secrets {
    pub metadata: Secret,
    pub metadata_password: Secret,
    pub result_backend: Secret,
    pub result_backend_password: Secret,
    pub broker_url: Secret,
    pub fernet_key: Secret,
    pub api_secret_key: Secret,
    pub jwt: Secret,
    pub webserver_secret_key: Secret,
    pub redis_password: Secret,
    pub git_ssh_key: Secret,
    pub git_credentials: Secret,
    pub github_app: Secret,
    pub user_password: Secret,
    pub bundled_database: Secret,
    pub storage: Vec<Secret>,
}

impl Secret {
    fn named(self, existing: Option<&DnsSubdomain>) -> Self {
        match existing.and_then(|name| name.given()) {
            Some(name) => Self { name: name.to_owned(), source: Source::Named, is_given: true, ..self },
            None => self,
        }
    }

    fn wanted(self, wanted: bool) -> Self {
        Self { wanted, ..self }
    }

    fn fresh(self, fresh: Fresh) -> Self {
        self.fresh_if(fresh, true)
    }

    fn fresh_if(self, fresh: Fresh, any_will_do: bool) -> Self {
        Self { fresh: any_will_do.then_some(fresh), ..self }
    }

    /// Whether a store or the user has it, not the values.
    fn is_elsewhere(&self) -> bool {
        matches!(self.source, Source::Named | Source::Server | Source::Store(_))
    }
}

impl Secrets {
    pub fn of(values: &Values, names: &Names) -> Self {
        let make = Maker { values, names };
        let data = &values.data;
        let celery = values.executor.uses_celery();
        let variables = &values.enable_built_in_secret_env_vars;
        let is_3 = values.airflow_version.major() >= 3;
        let reads_metadata = variables.sql_alchemy_conn || variables.airflow_db;
        let metadata_password = Self::metadata_password(&make);
        let alone = metadata_password.is_elsewhere() && data.existing_secret().is_none();
        let metadata = Secret {
            // The parts have defaults, which give nothing by themselves.
            is_given: connection::host(&data.metadata_connection).is_some(),
            derived_keys: databases::derived_of_metadata(values),
            ..make.with_keys("data.metadataConnection", names.of("metadata"), "connection", databases::metadata_keys(values, names))
        };
        let result = data.result_backend_connection.as_ref();
        let none = crate::values::Connection::default();
        let result_password =
            Self::password(&make, "data.resultBackendConnection.pass", "result-backend-password", result.unwrap_or(&none));
        let result_existing = data.result_backend_secret_name.as_ref().and_then(|name| name.given());
        let result_wanted = databases::has_result_backend(values) && celery && variables.result_backend;
        let result_alone = result_password.is_elsewhere() && result.is_some() && result_existing.is_none();
        let result_backend =
            make.secret("data.resultBackendConnection", "result-backend", "connection", databases::result_backend_uri(values));
        let bundled_redis = broker::is_bundled(values);
        let key = |value, wanted: bool| of(value).filter(|_| wanted);
        let user = values.first_user();
        let makes_user = jobs::reads_password(values);
        Self {
            metadata: metadata.named(data.metadata_secret_name.as_ref()).wanted(reads_metadata && !alone),
            metadata_password: metadata_password.wanted(alone && reads_metadata),
            result_backend: Secret {
                // Without one of its own it is the metadata database's.
                name: match (result_existing, data.existing_secret(), result) {
                    (Some(name), ..) | (None, Some(name), None) => name.to_owned(),
                    _ => result_backend.name.clone(),
                },
                source: if result_existing.is_some() { Source::Named } else { result_backend.source.clone() },
                ..result_backend
            }
            .wanted(result_wanted && !result_alone),
            result_backend_password: result_password.wanted(result_wanted && result_alone),
            broker_url: Self::broker_url(&make).wanted(celery && variables.broker_url),
            fernet_key: make
                .secret("fernetKey", "fernet-key", "fernet-key", of(values.keys.fernet_key.as_ref()))
                .named(values.keys.fernet_key_secret_name.as_ref())
                .wanted(variables.fernet_key)
                .fresh(Fresh::FernetKey),
            api_secret_key: make
                .secret("apiSecretKey", "api-secret-key", "api-secret-key", key(values.keys.api_secret_key.as_ref(), is_3))
                .named(values.keys.api_secret_key_secret_name.as_ref())
                .wanted(is_3 && variables.api_secret_key)
                .fresh(Fresh::Text),
            jwt: make
                .secret("jwtSecret", "jwt-secret", "jwt-secret", key(values.keys.jwt_secret.as_ref(), is_3))
                .named(values.keys.jwt_secret_name.as_ref())
                .wanted(is_3 && variables.jwt_secret)
                .fresh(Fresh::Text),
            webserver_secret_key: make
                .secret(
                    "webserverSecretKey",
                    "webserver-secret-key",
                    "webserver-secret-key",
                    key(values.keys.webserver_secret_key.as_ref(), !is_3),
                )
                .named(values.keys.webserver_secret_key_secret_name.as_ref())
                .wanted(!is_3 && variables.webserver_secret_key)
                .fresh(Fresh::Text),
            redis_password: make
                .secret("redis.password", "redis-password", "password", broker::password(values))
                .named(values.redis.password_secret_name.as_ref())
                .wanted(bundled_redis)
                .fresh_if(Fresh::Text, !broker::is_given(values)),
            git_ssh_key: Self::git_ssh_key(&make),
            git_credentials: Self::git_credentials(&make),
            github_app: Self::github_app(&make),
            user_password: make
                .secret("createUserJob.defaultUser.password", "create-user", "password", key(user.password.as_ref(), makes_user))
                .named(user.password_secret_name.as_ref())
                .wanted(makes_user)
                .fresh(Fresh::Text),
            bundled_database: Self::bundled_database(&make),
            storage: Self::storage(&make),
        }
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &Secret> {
        let Self {
            metadata,
            metadata_password,
            result_backend,
            result_backend_password,
            broker_url,
            fernet_key,
            api_secret_key,
            jwt,
            webserver_secret_key,
            redis_password,
            git_ssh_key,
            git_credentials,
            github_app,
            user_password,
            bundled_database,
            storage,
        } = self;
        let databases =
            [metadata, metadata_password, result_backend, result_backend_password, bundled_database, broker_url, redis_password];
        let keys = [fernet_key, api_secret_key, jwt, webserver_secret_key, user_password];
        databases.into_iter().chain(keys).chain([git_ssh_key, git_credentials, github_app]).chain(storage)
    }
}
