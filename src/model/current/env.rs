//! The environment of Airflow's containers.

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::secrets::Secret;
use super::{Basis, databases};
use crate::values::Variable;

/// A variable whose value is a text.
pub fn plain(name: &str, value: &str) -> Value {
    json!({"name": name, "value": value})
}

fn from(name: &str, secret: &Secret) -> Value {
    json!({"name": name, "valueFrom": {"secretKeyRef": {"name": secret.name, "key": secret.key}}})
}

/// What every container of Airflow has; the secret of tokens only where they are made or checked.
pub fn standard(basis: &Basis<'_>, tokens: bool) -> Vec<Value> {
    let (values, secrets) = (basis.values, &basis.secrets);
    let wanted = &values.enable_built_in_secret_env_vars;
    let celery = values.executor.uses_celery();
    let variables = [
        (wanted.fernet_key, "AIRFLOW__CORE__FERNET_KEY", &secrets.fernet_key),
        (wanted.sql_alchemy_conn, "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN", &secrets.metadata),
        (wanted.airflow_db, "AIRFLOW_CONN_AIRFLOW_DB", &secrets.metadata),
        (wanted.webserver_secret_key && !basis.is_3(), "AIRFLOW__WEBSERVER__SECRET_KEY", &secrets.webserver_secret_key),
        (wanted.api_secret_key && basis.is_3(), "AIRFLOW__API__SECRET_KEY", &secrets.api_secret_key),
        (wanted.jwt_secret && basis.is_3() && tokens, "AIRFLOW__API_AUTH__JWT_SECRET", &secrets.jwt),
        (secrets.result_backend.wanted, "AIRFLOW__CELERY__RESULT_BACKEND", &secrets.result_backend),
        (celery && wanted.broker_url, "AIRFLOW__CELERY__BROKER_URL", &secrets.broker_url),
    ];
    let variables = variables.into_iter().filter(|(wanted, ..)| *wanted).map(|(_, name, secret)| from(name, secret));
    let keda =
        databases::keda_asks_mysql(values).then(|| from("KEDA_DB_CONN", &Secret { key: "kedaConnection", ..secrets.metadata.clone() }));
    std::iter::once(plain("AIRFLOW_HOME", &basis.values.airflow_home)).chain(variables).chain(keda).collect()
}

/// What the user wants every container of Airflow to have.
pub fn custom(basis: &Basis<'_>) -> Vec<Value> {
    let values = basis.values;
    // The Kubernetes executor passes on to its pods what has these names.
    let passes_on = values.executor.uses_kubernetes();
    let mut env = Vec::new();
    for Variable(variable) in &values.env {
        env.push(variable.clone());
        if let (true, Some(name), Some(value)) = (passes_on, variable["name"].as_str(), variable["value"].as_str()) {
            env.push(plain(&format!("AIRFLOW__KUBERNETES_ENVIRONMENT_VARIABLES__{name}"), value));
        }
    }
    for secret in &values.secret {
        let (name, key) = (&*secret.secret_name, &*secret.secret_key);
        env.push(json!({"name": &*secret.env_name, "valueFrom": {"secretKeyRef": {"name": name, "key": key}}}));
    }
    for secret in values.secret.iter().filter(|_| passes_on) {
        let name = format!("AIRFLOW__KUBERNETES_SECRETS__{}", &*secret.env_name);
        env.push(plain(&name, &format!("{}={}", &*secret.secret_name, &*secret.secret_key)));
    }
    env.extend(super::yaml_texts::yaml_list(values.extra_env.as_deref()));
    env
}

/// One after the other; a variable that is given twice has its last value, in the place of its first.
pub fn joined<const N: usize>(parts: [&[Value]; N]) -> Vec<Value> {
    let by_name = parts.into_iter().flatten().map(|variable| (variable["name"].to_string(), variable.clone()));
    by_name.collect::<IndexMap<_, _>>().into_values().collect()
}

/// The user's variables of one container, as JSON.
pub fn own(variables: &[Variable]) -> Vec<Value> {
    variables.iter().map(|variable| variable.0.clone()).collect()
}
