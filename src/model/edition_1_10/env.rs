//! The environment of Airflow's containers.

use serde_json::Value;

use super::facts::Facts;
use crate::model::connection::AIRFLOW_CONNECTION;
use crate::model::variable::{Env, EnvVar, own, plain};
use crate::values::Values;

/// The home that the image of Airflow has.
const DEFAULT_HOME: &str = "/opt/airflow";

/// What every container of Airflow has: the secrets, then what the user wants.
pub fn of_airflow<'v>(values: &'v Values, facts: &Facts<'v>) -> Env<'v> {
    let Facts { fernet_key, metadata, .. } = facts;
    let connection = if metadata.keys.0.contains_key(AIRFLOW_CONNECTION) { AIRFLOW_CONNECTION } else { metadata.key };
    let mut env = vec![
        EnvVar::of_key("AIRFLOW__CORE__FERNET_KEY", &fernet_key.name, fernet_key.key),
        EnvVar::of_key("AIRFLOW__CORE__SQL_ALCHEMY_CONN", &metadata.name, metadata.key),
        EnvVar::of_key("AIRFLOW_CONN_AIRFLOW_DB", &metadata.name, connection),
    ];
    // The image has its own home unless it is told.
    if facts.home != DEFAULT_HOME {
        env.push(plain("AIRFLOW_HOME", facts.home.clone()));
    }
    env.extend(own(&values.env));
    env.extend(values.secret.iter().map(|secret| EnvVar::of_key(&*secret.env_name, &secret.secret_name, &secret.secret_key)));
    env
}

/// What a worker gets of it through airflow.cfg, since it inherits nothing.
pub struct WorkerEnv {
    /// Variables, with their plain values.
    pub plain: Vec<(String, String)>,
    /// Variables, with the Secrets and the keys in them that their values come from.
    pub secret: Vec<(String, String)>,
}

/// What a worker gets of the environment of Airflow's containers.
pub fn of_workers(values: &Values, facts: &Facts<'_>) -> WorkerEnv {
    let Facts { fernet_key, metadata, .. } = facts;
    let mut plain = Vec::new();
    let mut secret = vec![
        ("AIRFLOW__CORE__FERNET_KEY".to_owned(), format!("{}={}", fernet_key.name, fernet_key.key)),
        ("AIRFLOW__CORE__SQL_ALCHEMY_CONN".to_owned(), format!("{}={}", metadata.name, metadata.key)),
    ];
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    for variable in &values.env {
        let name = text(&variable.0["name"]);
        let reference = &variable.0["valueFrom"]["secretKeyRef"];
        if reference.is_object() {
            secret.push((name, format!("{}={}", text(&reference["name"]), text(&reference["key"]))));
        } else if variable.0.get("valueFrom").is_none() {
            plain.push((name, text(&variable.0["value"])));
        }
    }
    secret.extend(values.secret.iter().map(|one| (one.env_name.to_string(), format!("{}={}", &*one.secret_name, &*one.secret_key))));
    WorkerEnv { plain, secret }
}
