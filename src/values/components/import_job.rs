//! The Job that sets pools, variables and connections.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::values::{Component, DataKey, DnsSubdomain, Job, JobStep, Line, Need, Optional, Ordered, Values, Workload};

/// The Job that sets pools, variables and connections, if there are any. What is there already is overwritten, and nothing is removed.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct ImportJob {
    /// Pools, by their names. Default: none.
    pub pools: Ordered<Pool>,
    /// Variables of Airflow, by their names: each has a `value` or a Secret. Default: none.
    pub variables: Ordered<AirflowVariable>,
    /// Connections of Airflow, by their names: each has a `type` or a Secret. Default: none.
    pub connections: Ordered<AirflowConnection>,
    /// The keys that every Job has.
    #[serde(flatten)]
    pub job: Job,
}

/// A pool of Airflow; its key is its name.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Pool {
    /// How many tasks of the pool run at once; -1 for any number.
    #[schemars(range(min = -1))]
    pub slots: i32,
    /// Its description. Default: none.
    #[serde(default)]
    pub description: String,
    /// Whether deferred tasks count. Default: `false`.
    #[serde(default)]
    pub include_deferred: bool,
}

/// A variable of Airflow; its key is its name.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct AirflowVariable {
    /// Its value. What is no text is written as JSON. It stands in a config map: a secret belongs into a Secret.
    pub value: Option<Json>,
    /// The name of an existing Secret that holds the value.
    #[schemars(extend("writeOnly" = true))]
    pub secret_name: Optional<DnsSubdomain>,
    /// The key under which that Secret holds it. Default: `value`.
    pub secret_key: Option<DataKey>,
}

/// A connection of Airflow; its key is its name.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct AirflowConnection {
    /// Its type, such as `postgres` or `http`.
    #[serde(rename = "type")]
    pub kind: Optional<Line>,
    /// Its description. Default: none.
    pub description: Option<String>,
    /// The host. Default: none.
    pub host: Optional<Line>,
    /// The user. Default: none.
    pub login: Optional<Line>,
    /// The name of an existing Secret that holds the user's password. Default: no password.
    #[schemars(extend("writeOnly" = true))]
    pub password_secret_name: Optional<DnsSubdomain>,
    /// The key under which that Secret holds it. Default: `password`.
    pub password_secret_key: Option<DataKey>,
    /// The database, or what the type makes of it (Airflow: `schema`). Default: none.
    pub schema: Optional<Line>,
    /// The port. Default: none.
    pub port: Option<u16>,
    /// What else the type knows (Airflow: `extra`). It stands in a config map: a secret belongs into a Secret. Default: none.
    pub extra: Option<Json>,
    /// The name of an existing Secret that holds the whole connection, as a URI or as JSON, in the place of all other keys.
    #[schemars(extend("writeOnly" = true))]
    pub secret_name: Optional<DnsSubdomain>,
    /// The key under which that Secret holds it. Default: `connection`.
    pub secret_key: Option<DataKey>,
}

impl AirflowConnection {
    /// The keys of its parts that are given.
    #[must_use]
    pub fn parts(&self) -> Vec<&'static str> {
        let Self {
            kind,
            description,
            host,
            login,
            password_secret_name,
            password_secret_key: _,
            schema,
            port,
            extra,
            secret_name: _,
            secret_key: _,
        } = self;
        let all = [
            ("type", kind.is_some()),
            ("description", description.is_some()),
            ("host", host.is_some()),
            ("login", login.is_some()),
            ("passwordSecretName", password_secret_name.is_some()),
            ("schema", schema.is_some()),
            ("port", port.is_some()),
            ("extra", extra.is_some()),
        ];
        all.into_iter().filter(|(_, given)| *given).map(|(key, _)| key).collect()
    }
}

/// A value of any type, taken as it stands: braces in it are Airflow's.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(transparent)]
pub struct Json(pub Value);

impl Json {
    /// Its text: a text as it is, all else as JSON.
    #[must_use]
    pub fn text(&self) -> String {
        self.0.as_str().map_or_else(|| self.0.to_string(), str::to_owned)
    }
}

impl JsonSchema for Json {
    fn schema_name() -> Cow<'static, str> {
        "Json".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let of = |kind: &str| json_schema!({"type": kind, "x-verbatim": true, "writeOnly": true});
        json_schema!({"anyOf": [of("string"), of("number"), of("boolean"), of("array"), of("object")], "x-verbatim": true, "writeOnly": true})
    }
}

impl Component for ImportJob {
    fn workload(&self) -> Option<&Workload> {
        Some(&self.job.workload)
    }

    fn job(&self) -> Option<(&Job, JobStep)> {
        Some((&self.job, JobStep::Import))
    }

    fn name(&self) -> &'static str {
        "import-settings"
    }

    fn enabled(&self, _: &Values) -> bool {
        self.job.enabled && !(self.pools.is_empty() && self.variables.is_empty() && self.connections.is_empty())
    }

    fn needs(&self) -> &'static [Need] {
        &[Need::Airflow]
    }
}
