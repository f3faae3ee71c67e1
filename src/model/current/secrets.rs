//! The Secrets that pods refer to: which there are, and where each comes from.

mod logins;
mod maker;
mod own;
mod pool;

use super::databases;
use super::names::Names;
use super::secret::{Restarts, Secret, Source};
use crate::model::connection;
use crate::model::missing::Fresh;
use crate::values::{Connection, SecretGroup, SecretValue, Values};

use maker::{Maker, of};
pub use own::Own;
pub use pool::{FOLDER as POOL_FOLDER, OfPool, stats_uri};

/// The Secrets that pods refer to.
#[derive(Clone, Debug)]
pub struct Secrets {
    pub metadata: Secret,
    pub metadata_password: Secret,
    pub result_backend: Secret,
    pub result_backend_password: Secret,
    /// Those of PgBouncer.
    pub pool: OfPool,
    pub broker_url: Secret,
    pub fernet_key: Secret,
    pub api_secret_key: Secret,
    pub jwt: Secret,
    pub webserver_secret_key: Secret,
    pub git_ssh_key: Secret,
    pub git_credentials: Secret,
    pub github_app: Secret,
    pub elasticsearch: Secret,
    pub opensearch: Secret,
    pub storage: Vec<Secret>,
    /// Those that one component alone reads.
    pub own: Vec<Own>,
}

impl Secrets {
    pub fn of(values: &Values, names: &Names) -> Self {
        let make = Maker { values, names };
        let data = &values.data;
        let variables = &values.enable_built_in_secret_env_vars;
        let is_3 = values.airflow_version.major() >= 3;
        let reads_metadata = variables.sql_alchemy_conn || variables.airflow_db;
        let has_pool = crate::model::current::pool::exists(values);
        let metadata_password = logins::metadata_password(&make);
        let password_alone = metadata_password.is_elsewhere() && data.existing_secret().is_none();
        let metadata = Secret {
            // The parts have defaults, which give nothing by themselves.
            is_given: connection::host(&data.metadata_connection).is_some(),
            derived_keys: databases::derived_of_metadata(values),
            ..make.with_keys("data.metadataConnection", names.of("metadata"), "connection", databases::metadata_keys(values, names))
        };
        let (result_backend, result_backend_password) = Self::result_backend(&make);
        let results_alone = result_backend_password.is_elsewhere() && data.result_backend_connection.is_some();
        let key = |values_key: &str, name: &'static str, value: Option<&SecretValue>, is_read: bool, fresh: Fresh| {
            make.secret(values_key, name, name, of(value).filter(|_| is_read)).fresh(fresh)
        };
        let keys = &values.keys;
        Self {
            metadata: metadata
                .named(data.metadata_secret_name.as_ref())
                .wanted(reads_metadata && !password_alone)
                .among(SecretGroup::Database)
                .restarts(Restarts::AtHome("metadata-secret")),
            metadata_password: metadata_password.wanted(password_alone && (reads_metadata || has_pool)).among(SecretGroup::Database),
            pool: pool::secrets(&make, password_alone, results_alone),
            result_backend,
            result_backend_password,
            broker_url: logins::broker_url(&make)
                .wanted(values.executor.uses_celery() && variables.broker_url)
                .among(SecretGroup::Broker)
                .restarts(Restarts::AtHome("broker-url-secret")),
            fernet_key: key("fernetKey", "fernet-key", keys.fernet_key.as_ref(), true, Fresh::FernetKey)
                .named(keys.fernet_key_secret_name.as_ref())
                .wanted(variables.fernet_key)
                .restarts(Restarts::Airflow("fernet-key-secret")),
            api_secret_key: key("apiSecretKey", "api-secret-key", keys.api_secret_key.as_ref(), is_3, Fresh::Text)
                .named(keys.api_secret_key_secret_name.as_ref())
                .wanted(is_3 && variables.api_secret_key)
                .restarts(Restarts::AtHome("api-secret-key")),
            jwt: key("jwtSecret", "jwt-secret", keys.jwt_secret.as_ref(), is_3, Fresh::Text)
                .named(keys.jwt_secret_name.as_ref())
                .wanted(is_3 && variables.jwt_secret && keys.jwt_private_key.is_none())
                .restarts(Restarts::Tokens("jwt-secret")),
            webserver_secret_key: key("webserverSecretKey", "webserver-secret-key", keys.webserver_secret_key.as_ref(), !is_3, Fresh::Text)
                .named(keys.webserver_secret_key_secret_name.as_ref())
                .wanted(!is_3 && variables.webserver_secret_key)
                .restarts(Restarts::AtHome("webserver-secret-key")),
            git_ssh_key: logins::git_ssh_key(&make).among(SecretGroup::Git),
            git_credentials: logins::git_credentials(&make).among(SecretGroup::Git),
            github_app: logins::github_app(&make).among(SecretGroup::Git),
            elasticsearch: logins::log_store(&make, "elasticsearch", &values.elasticsearch)
                .wanted(values.elasticsearch.enabled && variables.elasticsearch_host)
                .restarts(Restarts::Airflow("elasticsearch-secret")),
            opensearch: logins::log_store(&make, "opensearch", &values.opensearch)
                .wanted(values.opensearch.enabled && variables.opensearch_host)
                .restarts(Restarts::Airflow("opensearch-secret")),
            storage: logins::storage(&make),
            own: own::of_components(&make),
        }
    }

    /// The connection to the database of Celery's results, and its password alone.
    fn result_backend(make: &Maker<'_>) -> (Secret, Secret) {
        let (values, data) = (make.values, &make.values.data);
        let connection = data.result_backend_connection.as_ref();
        let none = Connection::default();
        let password = logins::password(make, "data.resultBackendConnection.pass", "result-backend-password", connection.unwrap_or(&none));
        let existing = data.result_backend_secret_name.as_deref();
        let variables = &values.enable_built_in_secret_env_vars;
        let wanted = databases::has_result_backend(values) && values.executor.uses_celery() && variables.result_backend;
        let password_alone = password.is_elsewhere() && connection.is_some() && existing.is_none();
        let whole =
            make.secret("data.resultBackendConnection", "result-backend", "connection", databases::result_backend_uri(values, make.names));
        let whole = Secret {
            // Without one of its own it is the metadata database's.
            name: match (existing, data.existing_secret(), connection) {
                (Some(name), ..) | (None, Some(name), None) => name.to_owned(),
                _ => whole.name.clone(),
            },
            source: if existing.is_some() { Source::Named } else { whole.source.clone() },
            ..whole
        };
        let whole = whole.wanted(wanted && !password_alone).among(SecretGroup::Database);
        (whole.restarts(Restarts::AtHome("result-backend-secret")), password.wanted(wanted && password_alone).among(SecretGroup::Database))
    }

    /// The Secrets that a component alone reads, which has `key` in the values.
    pub fn of_component(&self, key: &str) -> impl Iterator<Item = &Own> {
        self.own.iter().filter(move |own| own.component == key)
    }

    /// All of them, group by group.
    pub fn all(&self) -> impl Iterator<Item = &Secret> {
        let Self {
            metadata,
            metadata_password,
            result_backend,
            result_backend_password,
            pool: OfPool { config, certificates, stats },
            broker_url,
            fernet_key,
            api_secret_key,
            jwt,
            webserver_secret_key,
            git_ssh_key,
            git_credentials,
            github_app,
            elasticsearch,
            opensearch,
            storage,
            own,
        } = self;
        let databases = [metadata, metadata_password, result_backend, result_backend_password, config, certificates, stats];
        let keys = [broker_url, fernet_key, api_secret_key, jwt, webserver_secret_key, git_ssh_key, git_credentials, github_app];
        let logs = [elasticsearch, opensearch];
        let mut all: Vec<&Secret> =
            databases.into_iter().chain(keys).chain(logs).chain(storage).chain(own.iter().map(|own| &own.secret)).collect();
        all.sort_by_key(|secret| secret.group);
        all.into_iter()
    }
}
