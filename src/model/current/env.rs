//! The environment of Airflow's containers.

use std::borrow::Cow;

use super::basis::Basis;
use super::component::otel_collector;
use super::secret::Secret;
use super::{databases, jwt_key, log_store, remote_logs};
use crate::model::connection::AIRFLOW_CONNECTION;
use crate::model::variable::{Env, EnvVar, own, plain};
use crate::values::{Component, Need, yaml_list};

/// A variable whose value is the key of a Secret that pods mostly read.
pub fn of_secret<'v>(name: &'v str, secret: &Secret) -> EnvVar<'v> {
    of_key(name, secret, &secret.key)
}

/// A variable whose value is a key of a Secret.
pub fn of_key<'v>(name: &'v str, secret: &Secret, key: &str) -> EnvVar<'v> {
    EnvVar::of_key(name, &secret.name, key)
}

/// The variables that a component, which has `key` in the values, gets the Secrets as that it alone reads.
pub fn of_own_secrets<'v>(basis: &Basis<'v>, key: &str) -> Env<'v> {
    let wanted = basis.secrets.of_component(key).filter(|own| own.secret.wanted);
    wanted.filter_map(|own| Some(of_secret(own.variable?, &own.secret))).collect()
}

/// The environment that all containers of Airflow have alike.
pub struct AirflowEnv<'v> {
    /// What the user wants every one to have.
    pub custom: Env<'v>,
    /// What every one has.
    pub standard: Env<'v>,
    /// The same with the secret of tokens, where they are made or checked.
    pub with_tokens: Env<'v>,
    /// What those have that reach the API server alone.
    pub of_api_alone: Env<'v>,
}

impl<'v> AirflowEnv<'v> {
    /// Derives it from the values.
    pub fn of(basis: &Basis<'v>) -> Self {
        Self {
            custom: custom(basis),
            standard: standard(basis, false, true),
            with_tokens: standard(basis, true, true),
            of_api_alone: standard(basis, true, false),
        }
    }

    /// What a component has.
    pub fn of_component(&self, component: &dyn Component) -> &Env<'v> {
        let needs = |need| component.needs().contains(&need);
        if needs(Need::ApiAlone) {
            &self.of_api_alone
        } else if needs(Need::Tokens) {
            &self.with_tokens
        } else {
            &self.standard
        }
    }
}

/// The names of all variables that Airflow's containers have alike, besides the user's.
pub fn names(basis: &Basis<'_>) -> Vec<String> {
    standard(basis, true, true).iter().map(|variable| variable.name().to_owned()).collect()
}

/// What every container of Airflow has; the secret of tokens only where they are made or checked, and what leads to the database
/// or is for servers only at home.
fn standard<'v>(basis: &Basis<'v>, tokens: bool, home: bool) -> Env<'v> {
    let (values, secrets) = (basis.values, &basis.secrets);
    let wanted = &values.enable_built_in_secret_env_vars;
    let celery = values.executor.uses_celery() && home;
    let is_3 = basis.is_3();
    let variables = [
        (home && wanted.webserver_secret_key && !is_3, "AIRFLOW__WEBSERVER__SECRET_KEY", &secrets.webserver_secret_key),
        (home && wanted.api_secret_key && is_3, "AIRFLOW__API__SECRET_KEY", &secrets.api_secret_key),
        (secrets.jwt.wanted && tokens, "AIRFLOW__API_AUTH__JWT_SECRET", &secrets.jwt),
    ];
    let mut env = vec![plain("AIRFLOW_HOME", &*values.airflow_home)];
    env.extend(wanted.fernet_key.then(|| of_secret("AIRFLOW__CORE__FERNET_KEY", &secrets.fernet_key)));
    env.extend(if home { metadata(basis) } else { Env::new() });
    env.extend(variables.into_iter().filter(|(wanted, ..)| *wanted).map(|(_, name, secret)| of_secret(name, secret)));
    env.extend(if tokens { jwt_key::variables(basis) } else { Env::new() });
    if !home {
        // Nobody there writes results.
    } else if secrets.result_backend_password.wanted {
        let uri = databases::result_backend_around_password(values, &basis.names);
        env.push(of_secret(RESULT_BACKEND_PASSWORD, &secrets.result_backend_password));
        env.extend(command("AIRFLOW__CELERY__RESULT_BACKEND", RESULT_BACKEND_PASSWORD, uri));
    } else if secrets.result_backend.wanted {
        env.push(of_secret("AIRFLOW__CELERY__RESULT_BACKEND", &secrets.result_backend));
    }
    env.extend((celery && wanted.broker_url).then(|| of_secret("AIRFLOW__CELERY__BROKER_URL", &secrets.broker_url)));
    env.extend(otel_collector::variables(basis));
    env.extend(secrets.elasticsearch.wanted.then(|| of_secret("AIRFLOW__ELASTICSEARCH__HOST", &secrets.elasticsearch)));
    env.extend(opensearch(&secrets.opensearch));
    env.extend(remote_logs::variable(values));
    let keda = home && databases::keda_has_address(values) && !secrets.metadata_password.wanted;
    env.extend(keda.then(|| of_key("KEDA_DB_CONN", &secrets.metadata, databases::KEDA_CONNECTION)));
    env
}

/// OpenSearch, whose user and password Airflow reads by themselves: from a command, since it puts variables into what it
/// reads from the environment.
fn opensearch<'v>(secret: &Secret) -> Env<'v> {
    let mut env = Vec::new();
    env.extend(secret.wanted.then(|| of_secret("AIRFLOW__OPENSEARCH__HOST", secret)));
    let parts = [
        ("AIRFLOW__OPENSEARCH__USERNAME_CMD", "OPENSEARCH_USERNAME", log_store::USER),
        ("AIRFLOW__OPENSEARCH__PASSWORD_CMD", "OPENSEARCH_PASSWORD", log_store::PASSWORD),
    ];
    for (option, variable, key) in parts.into_iter().filter(|(.., key)| secret.wanted && secret.has(key)) {
        env.push(of_key(variable, secret, key));
        env.push(plain(option, format!("python -c \"from os import environ; print(environ['{variable}'], end='')\"")));
    }
    env
}

/// The metadata database, for SQLAlchemy and for its asynchronous sessions.
const SQL_ALCHEMY_CONN: &str = "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN";
const SQL_ALCHEMY_CONN_ASYNC: &str = "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_ASYNC";

/// The variable with the password of the metadata database, where a pod has it by itself.
pub const METADATA_PASSWORD: &str = "METADATA_DATABASE_PASSWORD";
/// The variable with the password of the database of Celery's results, where a pod has it by itself.
pub const RESULT_BACKEND_PASSWORD: &str = "RESULT_BACKEND_PASSWORD";

/// The metadata database: for SQLAlchemy, and as a connection of Airflow's.
fn metadata<'v>(basis: &Basis<'v>) -> Env<'v> {
    let (values, secrets) = (basis.values, &basis.secrets);
    let wanted = &values.enable_built_in_secret_env_vars;
    if secrets.metadata_password.wanted {
        let uri = databases::metadata_around_password(values, &basis.names).filter(|_| wanted.sql_alchemy_conn);
        let for_async = databases::async_around_password(values, &basis.names).filter(|_| wanted.sql_alchemy_conn);
        // Nothing of Airflow's own reads the connection, and nothing puts it together as this does.
        let commands = [command(SQL_ALCHEMY_CONN, METADATA_PASSWORD, uri), command(SQL_ALCHEMY_CONN_ASYNC, METADATA_PASSWORD, for_async)];
        let password = of_secret(METADATA_PASSWORD, &secrets.metadata_password);
        return std::iter::once(password).chain(commands.into_iter().flatten()).collect();
    }
    let has_own = secrets.metadata.has(AIRFLOW_CONNECTION);
    let key = if has_own { AIRFLOW_CONNECTION } else { &secrets.metadata.key };
    let connection = wanted.airflow_db.then(|| of_key("AIRFLOW_CONN_AIRFLOW_DB", &secrets.metadata, key));
    let uri = wanted.sql_alchemy_conn.then(|| of_secret(SQL_ALCHEMY_CONN, &secrets.metadata));
    let has_async = wanted.sql_alchemy_conn && secrets.metadata.has(databases::ASYNC_CONNECTION);
    let for_async = has_async.then(|| of_key(SQL_ALCHEMY_CONN_ASYNC, &secrets.metadata, databases::ASYNC_CONNECTION));
    uri.into_iter().chain(for_async).chain(connection).collect()
}

/// The command of a URI that is put together in the pod: Airflow takes its output for the value (Airflow: `..._CMD`), and it
/// percent-encodes the password, which Kubernetes' own `$(NAME)` would not.
fn command<'v>(variable: &str, password: &str, around: Option<(String, String)>) -> Option<EnvVar<'v>> {
    let (before, after) = around?;
    let uri = format!("'{before}' + quote(environ['{password}'], safe='') + '{after}'");
    let program = format!("from os import environ; from urllib.parse import quote; print({uri}, end='')");
    Some(plain(format!("{variable}_CMD"), format!("python -c \"{program}\"")))
}

/// What the user wants every container of Airflow to have.
fn custom<'v>(basis: &Basis<'v>) -> Env<'v> {
    let values = basis.values;
    let mut env = own(&values.env);
    env.extend(values.secret.iter().map(|secret| EnvVar::of_key(&*secret.env_name, &secret.secret_name, &secret.secret_key)));
    env.extend(yaml_list(values.extra_env.as_deref()).into_iter().map(|variable| EnvVar::Own(Cow::Owned(variable))));
    env
}
