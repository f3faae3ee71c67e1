//! Environment variables of Airflow's containers that hold secrets.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{DataKey, ObjectName, VariableName};

/// An environment variable whose value is a key of an existing Secret.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EnvironmentSecret {
    /// The variable's name.
    pub env_name: VariableName,
    /// The Secret's name.
    pub secret_name: ObjectName,
    /// The key in the Secret. Default: `value`.
    #[serde(default = "EnvironmentSecret::default_key")]
    pub secret_key: DataKey,
}

impl EnvironmentSecret {
    fn default_key() -> DataKey {
        "value".into()
    }
}

/// Which environment variables with secrets gen sets in Airflow's containers. `false` leaves a variable to you, for example
/// as `..._CMD` or `..._SECRET`. Default: `true` for all.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE", default)]
#[allow(clippy::struct_excessive_bools)] // The chart's keys, each a switch.
pub struct BuiltInSecretVariables {
    /// The fernet key.
    #[serde(rename = "AIRFLOW__CORE__FERNET_KEY")]
    pub fernet_key: bool,
    /// The metadata database, for SQLAlchemy.
    #[serde(rename = "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN")]
    pub sql_alchemy_conn: bool,
    /// The metadata database, as an Airflow connection.
    #[serde(rename = "AIRFLOW_CONN_AIRFLOW_DB")]
    pub airflow_db: bool,
    /// The key that signs sessions, since Airflow 3.
    #[serde(rename = "AIRFLOW__API__SECRET_KEY")]
    pub api_secret_key: bool,
    /// The key that signs tokens, since Airflow 3.
    #[serde(rename = "AIRFLOW__API_AUTH__JWT_SECRET")]
    pub jwt_secret: bool,
    /// The key that signs sessions, before Airflow 3.
    #[serde(rename = "AIRFLOW__WEBSERVER__SECRET_KEY")]
    pub webserver_secret_key: bool,
    /// The database of Celery's results.
    #[serde(rename = "AIRFLOW__CELERY__RESULT_BACKEND")]
    pub result_backend: bool,
    /// Celery's broker.
    #[serde(rename = "AIRFLOW__CELERY__BROKER_URL")]
    pub broker_url: bool,
    /// Elasticsearch.
    #[serde(rename = "AIRFLOW__ELASTICSEARCH__HOST")]
    pub elasticsearch_host: bool,
    /// OpenSearch.
    #[serde(rename = "AIRFLOW__OPENSEARCH__HOST")]
    pub opensearch_host: bool,
}
