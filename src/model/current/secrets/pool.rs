//! The Secrets of PgBouncer: its configuration, its certificates, and the URI of the exporter of its metrics.

use super::maker::{Maker, of};
use crate::model::connection::{self, Reader};
use crate::model::current::databases;
use crate::model::current::pool::Behind;
use crate::model::current::secret::{Restarts, Secret};
use crate::model::secret_data::{SecretData, SecretKeys};
use crate::values::{Connection, Delivery, Protocol, SecretGroup, SecretValue, Values};

/// The files of the configuration.
const INI: &str = "pgbouncer.ini";
const USERS: &str = "users.txt";
/// How many prepared statements it keeps track of (PgBouncer: since 1.21). Asynchronous sessions, which Airflow 3 has, prepare
/// statements under names of their own; without this, the connection that the next transaction gets does not know them.
const PREPARED: &str = "max_prepared_statements";
/// The database of PgBouncer itself, which shows its statistics.
const CONSOLE: &str = "pgbouncer";

/// The Secrets of PgBouncer.
#[derive(Clone, Debug)]
pub struct OfPool {
    pub config: Secret,
    pub certificates: Secret,
    pub stats: Secret,
}

/// Who logs in to a database, and with which password.
type Login<'v> = (&'v str, Option<&'v SecretValue>);

/// The Secrets of PgBouncer. A password that is alone in a Secret stands in none of them: the pod has it by itself.
pub fn secrets(make: &Maker<'_>, metadata_alone: bool, results_alone: bool) -> OfPool {
    let keys = &make.values.pgbouncer;
    let restarts = |name| Restarts::Component("pgbouncer", name);
    let config = keys.enabled.then(|| config(make, metadata_alone, results_alone)).flatten();
    let config = make.with_keys("pgbouncer.configSecretName", make.names.of("pgbouncer-config"), INI, config);
    let files = keys.ssl.files();
    let certificates: SecretKeys = SecretKeys(files.iter().filter_map(|(file, _, lines)| Some((*file, of(Some(&lines.0))?))).collect());
    let names: Vec<&'static str> = files.iter().map(|(file, ..)| *file).collect();
    let is_certified = keys.enabled && !names.is_empty();
    let certificates = Some(certificates).filter(|_| is_certified);
    let certificates =
        make.with_keys("pgbouncer.ssl", make.names.of("pgbouncer-certificates"), names.first().unwrap_or(&"root.crt"), certificates);
    let exporter = &keys.metrics_exporter_sidecar;
    let pass = || make.values.data.metadata_connection.pass.clone();
    let stats = (keys.enabled && !metadata_alone).then(|| stats_uri(make.values, pass()));
    let stats = make
        .secret("pgbouncer.metricsExporterSidecar.statsSecretName", "pgbouncer-stats", "connection", stats)
        .named(exporter.stats_secret_name.as_ref());
    let key = exporter.stats_secret_key.as_deref().filter(|_| exporter.stats_secret_name.is_some()).unwrap_or("connection").to_owned();
    OfPool {
        config: Secret { stored_keys: vec![INI, USERS], ..config }
            .named(keys.config_secret_name.as_ref())
            .wanted(keys.enabled && keys.mount_config_secret)
            .among(SecretGroup::Database)
            .restarts(restarts("pgbouncer-config-secret")),
        certificates: Secret { stored_keys: names, ..certificates }
            .wanted(is_certified)
            .among(SecretGroup::Database)
            .restarts(restarts("pgbouncer-certificates-secret")),
        stats: Secret { key, ..stats }
            .wanted(keys.enabled && (exporter.stats_secret_name.is_some() || !metadata_alone))
            .among(SecretGroup::Database)
            .restarts(restarts("pgbouncer-stats-secret")),
    }
}

/// The URI of PgBouncer's console, at which the exporter asks for statistics.
pub fn stats_uri(values: &Values, pass: Option<SecretValue>) -> SecretData {
    let console = Connection {
        protocol: Some(Protocol::Postgresql),
        user: values.data.metadata_connection.user.clone(),
        pass,
        port: Some(values.ports.pgbouncer),
        db: CONSOLE.into(),
        sslmode: values.pgbouncer.metrics_exporter_sidecar.sslmode.clone(),
        ..Connection::default()
    };
    connection::uri_at(Reader::Airflow, "127.0.0.1", &console)
}

/// The files, as far as the values give what stands in them.
fn config(make: &Maker<'_>, metadata_alone: bool, results_alone: bool) -> Option<SecretKeys> {
    let (values, names) = (make.values, make.names);
    let metadata = &values.data.metadata_connection;
    let host = databases::metadata_host(values, names)?;
    let results = databases::result_backend(values);
    let ini = ini(make, &host, results.as_ref());
    // More settings may hold a password.
    let extras = [&values.pgbouncer.extra_ini, &values.pgbouncer.extra_ini_metadata, &values.pgbouncer.extra_ini_result_backend];
    let ini = if extras.iter().all(|extra| extra.is_none()) { SecretData::Plain(ini) } else { SecretData::Known(ini) };
    let login =
        |keys: &Connection| -> (String, Option<SecretValue>) { (keys.user.as_deref().unwrap_or_default().to_owned(), keys.pass.clone()) };
    let mut logins: Vec<(String, Option<SecretValue>)> = Vec::new();
    logins.extend((!metadata_alone).then(|| login(metadata)));
    logins.extend((!results_alone).then(|| login(results.as_ref().unwrap_or(metadata))).filter(|_| results.is_some() || !metadata_alone));
    let users = users(&logins.iter().map(|(user, pass)| (user.as_str(), pass.as_ref())).collect::<Vec<_>>(), values.delivery);
    Some(SecretKeys([Some((INI, ini)), users.map(|users| (USERS, users))].into_iter().flatten().collect()))
}

/// `users.txt`, if anybody is in it.
fn users(logins: &[Login<'_>], delivery: Delivery) -> Option<SecretData> {
    let mut lines: Vec<SecretData> = Vec::new();
    for (user, pass) in logins {
        let line = SecretData::with(*pass, quoted, |pass| format!("{} {}", quoted(user), pass.unwrap_or_else(|| quoted(""))));
        // The chart has each line, also of the same user.
        if delivery == Delivery::Helm || !lines.contains(&line) {
            lines.push(line);
        }
    }
    if lines.is_empty() {
        return None;
    }
    let is_open = lines.iter().any(SecretData::is_open);
    let texts: Vec<String> = lines.into_iter().map(SecretData::into_text).collect();
    let text = if delivery == Delivery::Helm { format!("\n{}", texts.join("\n")) } else { format!("{}\n", texts.join("\n")) };
    Some(if is_open { SecretData::Open(text) } else { SecretData::Known(text) })
}

/// A text as `users.txt` has it: PgBouncer reads two quotes as one, and a backslash as itself.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// `pgbouncer.ini`.
fn ini(make: &Maker<'_>, metadata_host: &str, results: Option<&Connection>) -> String {
    let (values, names) = (make.values, make.names);
    let keys = &values.pgbouncer;
    let metadata = &values.data.metadata_connection;
    let is_for_helm = values.delivery == Delivery::Helm;
    let database = |which: Behind, host: &str, connection: &Connection, size: u32, extra: Option<&str>| {
        let port = connection::port(Reader::Sqlalchemy, connection);
        let extra = extra.unwrap_or_default();
        // Each line is a database of its own.
        let extra = if is_for_helm { extra.to_owned() } else { extra.split_whitespace().collect::<Vec<_>>().join(" ") };
        let host = host.trim_matches(['[', ']']);
        let line = format!("{} = host={host} dbname={} port={port} pool_size={size} {extra}", which.name(names), &*connection.db);
        if is_for_helm { line } else { line.trim_end().to_owned() }
    };
    let of_results = results.and_then(|keys| Some((connection::host(keys)?.ok()?, keys)));
    let (results_host, results) = of_results.unwrap_or_else(|| (metadata_host.to_owned(), results.unwrap_or(metadata)));
    let mut lines = vec![
        "[databases]".to_owned(),
        database(Behind::Metadata, metadata_host, metadata, keys.metadata_pool_size, keys.extra_ini_metadata.as_deref()),
        database(Behind::Results, &results_host, results, keys.result_backend_pool_size, keys.extra_ini_result_backend.as_deref()),
        String::new(),
        "[pgbouncer]".to_owned(),
        "pool_mode = transaction".to_owned(),
        format!("listen_port = {}", values.ports.pgbouncer),
        "listen_addr = *".to_owned(),
        format!("auth_type = {}", &*keys.auth_type),
        format!("auth_file = {}", &*keys.auth_file),
        format!("stats_users = {}", metadata.user.as_deref().unwrap_or_default()),
        "ignore_startup_parameters = extra_float_digits".to_owned(),
        format!("max_client_conn = {}", keys.max_client_conn),
        format!("verbose = {}", keys.verbose),
        format!("log_disconnections = {}", keys.log_disconnections),
        format!("log_connections = {}", keys.log_connections),
        String::new(),
        format!("server_tls_sslmode = {}", keys.sslmode.as_deref().unwrap_or("prefer")),
        format!("server_tls_ciphers = {}", &*keys.ciphers),
    ];
    let is_said = keys.extra_ini.as_ref().is_some_and(|ini| ini.contains(PREPARED));
    if !is_for_helm && values.airflow_version.major() >= 3 && !is_said {
        lines.push(format!("{PREPARED} = 200"));
    }
    lines.extend(keys.ssl.files().iter().map(|(file, option, _)| format!("{option} = {FOLDER}/{file}")));
    lines.extend(keys.extra_ini.clone());
    let text = lines.join("\n");
    if is_for_helm { format!("\n\n\n{text}") } else { format!("{}\n", text.trim_end()) }
}

/// The folder in which PgBouncer's container has its files.
pub const FOLDER: &str = "/etc/pgbouncer";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_is_doubled_and_a_backslash_stays() {
        let pass: SecretValue = r#"a"b\c d"#.into();
        let same = users(&[("u\"", Some(&pass)), ("u\"", Some(&pass)), ("v", None)], Delivery::Kubectl);
        assert!(same == Some(SecretData::Known("\"u\"\"\" \"a\"\"b\\c d\"\n\"v\" \"\"\n".to_owned())));
        assert!(users(&[("u", None), ("u", None)], Delivery::Helm) == Some(SecretData::Known("\n\"u\" \"\"\n\"u\" \"\"".to_owned())));
        assert!(users(&[], Delivery::Kubectl).is_none());
    }
}
