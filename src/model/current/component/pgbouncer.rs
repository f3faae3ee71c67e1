//! PgBouncer: what is mounted in its pods, who logs in, and the exporter of its metrics.

use indexmap::IndexMap;
use serde::Serialize;

use crate::model::current::basis::Basis;
use crate::model::current::database_proxy::DatabaseProxy;
use crate::model::current::databases;
use crate::model::current::env::{METADATA_PASSWORD, RESULT_BACKEND_PASSWORD, of_secret};
use crate::model::current::secrets::{POOL_FOLDER, stats_uri};
use crate::model::current::security::{self, Security};
use crate::model::scrape;
use crate::model::variable::{Env, plain};
use crate::values::{Delivery, Lifecycle, SecretValue, Values};

/// What the templates of PgBouncer see besides its own values.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Pool<'v> {
    /// The folder in which the files are.
    folder: &'static str,
    command: Option<Vec<String>>,
    /// The Secret with its configuration.
    config: String,
    /// The Secret with its certificates, and their files.
    certificates: String,
    certificate_files: Vec<&'static str>,
    /// The container that writes `users.txt`, where the pod has a password by itself.
    users: Option<Users<'v>>,
    exporter: Exporter<'v>,
    /// The container through which it reaches the database, if there is one.
    database_proxy: Option<DatabaseProxy<'v>>,
    /// Annotations of its workload.
    annotations: IndexMap<String, String>,
    service_annotations: IndexMap<String, String>,
}

/// The container that writes `users.txt`.
#[derive(Serialize)]
struct Users<'v> {
    command: [String; 3],
    env: Env<'v>,
    /// Whether the Secret has the lines of others.
    others: bool,
}

/// The exporter of PgBouncer's metrics.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Exporter<'v> {
    security_context: Security<'v>,
    lifecycle: &'v Lifecycle,
    env: Env<'v>,
}

/// The default command.
const DEFAULT_COMMAND: [&str; 4] = ["pgbouncer", "-u", "nobody", "/etc/pgbouncer/pgbouncer.ini"];

/// The port at which the exporter listens unless it is told.
const SCRAPE: u16 = 9127;

/// What the templates of PgBouncer see.
pub fn seen<'v>(basis: &Basis<'v>) -> Pool<'v> {
    let values = basis.values;
    let (keys, secrets) = (&values.pgbouncer, &basis.secrets.pool);
    // The migration goes through it.
    let wave = (values.delivery == Delivery::Argocd).then(|| ("argocd.argoproj.io/sync-wave".to_owned(), "-2".to_owned()));
    let service = scrape::annotations(&keys.service.extra_annotations, values.ports.pgbouncer_scrape);
    Pool {
        folder: POOL_FOLDER,
        command: command(values),
        config: secrets.config.name.clone(),
        certificates: secrets.certificates.name.clone(),
        certificate_files: keys.ssl.files().into_iter().map(|(file, ..)| file).collect(),
        users: Users::of(basis),
        exporter: Exporter {
            security_context: security::of_foreign_container(&keys.metrics_exporter_sidecar.security_contexts.container),
            lifecycle: &keys.metrics_exporter_sidecar.container_lifecycle_hooks,
            env: exporter_env(basis),
        },
        database_proxy: DatabaseProxy::of(basis).filter(|_| keys.enabled),
        annotations: wave.clone().into_iter().chain(keys.workload.annotations.0.clone()).collect(),
        service_annotations: wave.into_iter().chain(service).collect(),
    }
}

/// The command of PgBouncer. A user that the cluster chooses cannot become another one, which the default command asks for.
fn command(values: &Values) -> Option<Vec<String>> {
    let given = values.pgbouncer.workload.command.as_ref()?;
    let asks = values.openshift.enabled && *given == DEFAULT_COMMAND;
    Some(given.iter().filter(|word| !(asks && ["-u", "nobody"].contains(&word.as_str()))).cloned().collect())
}

/// Whether the pool, if there is one, knows who logs in to the metadata database, and its exporter too: both are told by Secrets
/// of the user's, or the values say user and password, or where the password is.
pub fn has_logins(basis: &Basis<'_>) -> bool {
    let (values, secrets) = (basis.values, &basis.secrets);
    let keys = &values.data.metadata_connection;
    let says = secrets.metadata.made().is_some() || keys.host.is_some();
    let is_open = keys.pass.as_ref().is_some_and(|pass| pass.placeholder().is_some());
    // Beside a Secret with the whole connection, no password stands for one that is there alone.
    let is_there_alone = values.data.existing_secret().is_some() && keys.pass.as_ref().is_none_or(SecretValue::is_empty);
    !values.pgbouncer.enabled || values.pgbouncer.names_secrets() || secrets.metadata_password.wanted || says && !is_open && !is_there_alone
}

/// Where the exporter asks and listens.
fn exporter_env<'v>(basis: &Basis<'v>) -> Env<'v> {
    let (values, secrets) = (basis.values, &basis.secrets);
    let mut env = if secrets.pool.stats.wanted {
        vec![of_secret("DATABASE_URL", &secrets.pool.stats)]
    } else {
        // Its driver takes the password that the URI does not have from there.
        vec![plain("DATABASE_URL", stats_uri(values, None).into_text()), of_secret("PGPASSWORD", &secrets.metadata_password)]
    };
    let port = values.ports.pgbouncer_scrape;
    env.extend((port != SCRAPE).then(|| plain("WEB_LISTEN_ADDRESS", format!(":{port}"))));
    env
}

/// A line of `users.txt`, of the variables with a user and a password.
fn line(user: &str, password: &str) -> String {
    format!(r#"line(ENVIRON["{user}"], ENVIRON["{password}"])"#)
}

impl<'v> Users<'v> {
    /// The container, if a password is in a Secret alone and the configuration is gen's.
    fn of(basis: &Basis<'v>) -> Option<Self> {
        let (values, secrets) = (basis.values, &basis.secrets);
        let made = secrets.pool.config.made().filter(|_| values.pgbouncer.mount_config_secret)?;
        let metadata = &values.data.metadata_connection;
        let results = databases::result_backend(values);
        let results_user = results.and_then(|keys| keys.user).unwrap_or_default();
        let mut env = Env::new();
        let mut lines = Vec::new();
        if secrets.metadata_password.wanted {
            env.push(plain("METADATA_DATABASE_USER", metadata.user.clone().unwrap_or_default()));
            env.push(of_secret(METADATA_PASSWORD, &secrets.metadata_password));
            lines.push(line("METADATA_DATABASE_USER", METADATA_PASSWORD));
        }
        if secrets.result_backend_password.wanted {
            env.push(plain("RESULT_BACKEND_USER", results_user));
            env.push(of_secret(RESULT_BACKEND_PASSWORD, &secrets.result_backend_password));
            lines.push(line("RESULT_BACKEND_USER", RESULT_BACKEND_PASSWORD));
        }
        if lines.is_empty() {
            return None;
        }
        let others = made.0.contains_key("users.txt");
        let before = if others { "cat /config/users.txt && " } else { "" };
        // PgBouncer reads two quotes as one.
        let function = r#"function quoted(text) { gsub(/"/, "\"\"", text); return "\"" text "\"" } function line(user, password) { print quoted(user) " " quoted(password) }"#;
        let script = format!("{{ {before}awk '{function} BEGIN {{ {} }}'; }} > /users/users.txt", lines.join("; "));
        Some(Self { command: ["sh".to_owned(), "-ec".to_owned(), script], env, others })
    }
}
