//! Keys that concern Airflow as a whole.

use std::borrow::Cow;

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use super::{DataKey, ObjectName, OptionName, SectionName, VariableName};

/// What runs the tasks (Airflow: `[core] executor`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub enum Executor {
    /// A pod for each task.
    #[default]
    KubernetesExecutor,
}

/// An environment variable whose value is the key of a Secret that exists.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EnvironmentSecret {
    /// The variable's name.
    pub env_name: VariableName,
    /// The Secret's name.
    pub secret_name: ObjectName,
    /// The key in the Secret.
    pub secret_key: DataKey,
}

/// A Secret with the credentials of an image registry.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
pub struct PullSecret {
    /// The Secret's name.
    pub name: ObjectName,
}

/// Ports that the components listen on.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Ports {
    /// The webserver's. Default: 8080.
    #[serde(rename = "airflowUI")]
    #[schemars(range(min = 1, max = 65535))]
    pub airflow_ui: u16,
    /// The one on which the StatsD exporter takes metrics, by UDP. Default: 9125.
    #[schemars(range(min = 1, max = 65535))]
    pub statsd_ingest: u16,
    /// The one on which the StatsD exporter shows metrics to Prometheus. Default: 9102.
    #[schemars(range(min = 1, max = 65535))]
    pub statsd_scrape: u16,
}

impl Default for Ports {
    fn default() -> Self {
        Self { airflow_ui: 8080, statsd_ingest: 9125, statsd_scrape: 9102 }
    }
}

/// Roles and bindings.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Rbac {
    /// Whether the role to make pods, and its binding, are among the manifests. Default: `true`.
    pub create: bool,
}

impl Default for Rbac {
    fn default() -> Self {
        Self { create: true }
    }
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
