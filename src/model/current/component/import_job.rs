//! The Job that sets pools, variables and connections: the files that it reads, and the variables with secrets.

use indexmap::IndexMap;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::checksum;
use crate::model::current::basis::Basis;
use crate::model::external::External;
use crate::model::labels::Labels;
use crate::model::variable::{Env, EnvVar};
use crate::values::{AirflowConnection, AirflowVariable, Pool, Values};

/// The program, which calls Airflow's own commands.
const PROGRAM: &str = include_str!("import_job.py");

/// The config map with the files.
#[derive(Serialize)]
pub struct Settings {
    labels: Labels,
    data: IndexMap<&'static str, String>,
}

/// A secret that the program puts into its place.
struct Secret<'v> {
    kind: &'static str,
    name: &'v str,
    /// The part of it that is secret; all of it, if none.
    part: Option<&'static str>,
    object: &'v str,
    key: &'v str,
}

/// The secrets of variables and connections, in the order in which they are given.
fn secrets(values: &Values) -> Vec<Secret<'_>> {
    let keys = &values.import_job;
    let variables = keys.variables.iter().filter_map(|(name, AirflowVariable { value: _, secret_name, secret_key })| {
        let key = secret_key.as_deref().unwrap_or("value");
        Some(Secret { kind: "variables", name, part: None, object: secret_name.as_deref()?, key })
    });
    let connections = keys.connections.iter().filter_map(|(name, connection)| {
        let AirflowConnection { secret_name, secret_key, password_secret_name, password_secret_key, .. } = connection;
        let whole = secret_name.as_deref().map(|secret| (None, secret, secret_key.as_deref().unwrap_or("connection")));
        let password = password_secret_name.as_deref();
        let password = password.map(|secret| (Some("password"), secret, password_secret_key.as_deref().unwrap_or("password")));
        whole.or(password).map(|(part, object, key)| Secret { kind: "connections", name, part, object, key })
    });
    variables.chain(connections).collect()
}

/// The variable of the container that has a secret.
fn variable(index: usize) -> String {
    format!("IMPORT_SECRET_{index}")
}

/// The variables of the container that have secrets.
pub fn env(values: &Values) -> Env<'_> {
    secrets(values).iter().enumerate().map(|(index, one)| EnvVar::of_key(variable(index), one.object, one.key)).collect()
}

/// The Secrets that have to exist.
pub fn external(basis: &Basis<'_>) -> Vec<External> {
    secrets(basis.values).into_iter().map(|one| External::object("Secret", one.object)).collect()
}

/// A connection as Airflow's command reads it.
fn connection(keys: &AirflowConnection) -> Value {
    let AirflowConnection { kind, description, host, login, schema, port, extra, .. } = keys;
    let text = |text: Option<&str>| text.map(Value::from);
    let parts = [
        ("conn_type", text(kind.as_deref())),
        ("description", text(description.as_deref())),
        ("host", text(host.as_deref())),
        ("login", text(login.as_deref())),
        ("schema", text(schema.as_deref())),
        ("port", port.map(Value::from)),
        ("extra", extra.as_ref().map(|extra| extra.text().into())),
    ];
    parts.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect::<Map<_, _>>().into()
}

/// What the program reads.
fn settings(values: &Values) -> Value {
    let keys = &values.import_job;
    let pool = |(name, Pool { slots, description, include_deferred }): (&String, &Pool)| {
        (name.clone(), json!({"slots": slots, "description": description, "include_deferred": include_deferred}))
    };
    let variable_of = |(name, keys): (&String, &AirflowVariable)| Some((name.clone(), keys.value.as_ref()?.text().into()));
    let connections = keys.connections.iter().filter(|(_, keys)| keys.secret_name.is_none());
    let secrets = secrets(values);
    let secrets = secrets.iter().enumerate().map(|(index, one)| json!([one.kind, one.name, one.part, variable(index)]));
    json!({
        "pools": keys.pools.iter().map(pool).collect::<Map<_, _>>(),
        "variables": keys.variables.iter().filter_map(variable_of).collect::<Map<_, _>>(),
        "connections": connections.map(|(name, keys)| (name.clone(), connection(keys))).collect::<Map<_, _>>(),
        "secrets": secrets.collect::<Vec<_>>(),
    })
}

/// The files.
fn data(values: &Values) -> IndexMap<&'static str, String> {
    let settings = format!("{:#}\n", settings(values));
    IndexMap::from([("import.py", PROGRAM.to_owned()), ("settings.json", settings)])
}

/// The annotation that makes the Job another one when the files change.
pub fn checksum(values: &Values) -> (String, String) {
    let data = data(values);
    ("checksum/import-settings".to_owned(), checksum::of(data.iter().map(|(key, value)| (*key, value.as_str()))))
}

/// What the template of the config map sees.
pub fn seen(basis: &Basis<'_>) -> Settings {
    Settings { labels: basis.labelling.of("config"), data: data(basis.values) }
}
