//! Keys that concern Airflow as a whole.

use std::borrow::Cow;

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use crate::values::{DataKey, DnsSubdomain, ObjectName, OptionName, SecretValue, SectionName, VariableName};

/// An environment variable whose value is the key of a Secret that exists.
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

/// A Secret with the credentials of an image registry: its name, alone or as a map.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum PullSecret {
    /// The name alone.
    Name(ObjectName),
    /// The name as Kubernetes has it.
    Reference(PullSecretReference),
}

/// A Secret by its name.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
pub struct PullSecretReference {
    /// The Secret's name.
    pub name: ObjectName,
}

impl PullSecret {
    /// The Secret's name.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Name(name) | Self::Reference(PullSecretReference { name }) => name,
        }
    }
}

/// The credentials of an image registry. Deprecated: make the Secret and name it in `imagePullSecrets`.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Registry {
    /// The name of a Secret that exists and holds them.
    #[schemars(extend("writeOnly" = true, "x-instead" = ["/imagePullSecrets"]))]
    pub secret_name: Option<DnsSubdomain>,
    /// The credentials, for a Secret that is made.
    #[schemars(extend("x-instead" = ["/imagePullSecrets"]))]
    pub connection: RegistryConnection,
}

/// The credentials of an image registry.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct RegistryConnection {
    /// The user.
    pub user: Option<String>,
    /// The user's password.
    pub pass: Option<SecretValue>,
    /// The registry's host.
    pub host: Option<String>,
    /// The user's address.
    pub email: Option<String>,
}

/// Ports that the components listen on.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Ports {
    /// Flower's. Default: 5555.
    #[serde(rename = "flowerUI")]
    #[schemars(range(min = 1, max = 65535))]
    pub flower_ui: u16,
    /// The webserver's. Default: 8080.
    #[serde(rename = "airflowUI")]
    #[schemars(range(min = 1, max = 65535))]
    pub airflow_ui: u16,
    /// The API server's. Default: 8080.
    #[schemars(range(min = 1, max = 65535))]
    pub api_server: u16,
    /// The one at which workers show the logs of tasks. Default: 8793.
    #[schemars(range(min = 1, max = 65535))]
    pub worker_logs: u16,
    /// The one at which triggerers show their logs. Default: 8794.
    #[schemars(range(min = 1, max = 65535))]
    pub triggerer_logs: u16,
    /// Redis'. Default: 6379.
    #[serde(rename = "redisDB")]
    #[schemars(range(min = 1, max = 65535))]
    pub redis_db: u16,
    /// The one on which the StatsD exporter takes metrics, by UDP. Default: 9125.
    #[schemars(range(min = 1, max = 65535))]
    pub statsd_ingest: u16,
    /// The one on which the StatsD exporter shows metrics to Prometheus. Default: 9102.
    #[schemars(range(min = 1, max = 65535))]
    pub statsd_scrape: u16,
    /// PgBouncer's. Default: 6543.
    #[schemars(range(min = 1, max = 65535))]
    pub pgbouncer: u16,
    /// The one on which PgBouncer's metrics are shown. Default: 9127.
    #[schemars(range(min = 1, max = 65535))]
    pub pgbouncer_scrape: u16,
}

/// Roles and bindings.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Rbac {
    /// Whether roles and their bindings are among the manifests. Default: `true`.
    pub create: bool,
    /// Whether the accounts are bound to OpenShift's security context constraint `anyuid`. Default: `false`.
    #[serde(rename = "createSCCRoleBinding")]
    pub create_scc_role_binding: bool,
}

/// Policies that let only those talk to each other who have to.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct NetworkPolicies {
    /// Whether there are policies. Default: `false`.
    pub enabled: bool,
}

/// Which variables with secrets the containers of Airflow get from gen; `false` leaves a variable to the user, for
/// example as `..._CMD` or `..._SECRET`. All are `true` by default.
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
    /// The metadata database, as a connection of Airflow's.
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

/// Options of airflow.cfg, by section and option.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(transparent)]
pub struct AirflowConfig(pub IndexMap<String, Option<IndexMap<String, Option<OptionValue>>>>);

/// The value of an option of airflow.cfg.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(untagged)]
pub enum OptionValue {
    /// A boolean, written as `true` or `false`; Airflow reads any case.
    Boolean(bool),
    /// A whole number, or a decimal one.
    Number(serde_json::Number),
    /// Any text.
    Text(String),
}

impl JsonSchema for AirflowConfig {
    fn schema_name() -> Cow<'static, str> {
        "AirflowConfig".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let (section, option) = (generator.subschema_for::<SectionName>(), generator.subschema_for::<OptionName>());
        json_schema!({
            "type": "object",
            "propertyNames": section,
            "additionalProperties": {
                "type": ["object", "null"],
                "propertyNames": option,
                "additionalProperties": {
                    "type": ["string", "number", "boolean", "null"],
                    // What counts is the text.
                    "x-exact": true,
                    crate::values::secret::FREE: true,
                    // Passwords stand among them.
                    "writeOnly": true,
                    // Control characters other than tab and line feed: no reader keeps them.
                    "pattern": r"^[^\x00-\x08\x0b-\x1f\x7f-\x9f\x{2028}\x{2029}\x{feff}]*$",
                    "x-expected": "a string without control characters, a number, `true` or `false`",
                }
            }
        })
    }
}
