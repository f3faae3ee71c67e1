//! The parts of the connection make a URI.

use super::Finding;
use crate::model::Model;
use crate::model::connection;
use crate::values::{Connection, Delivery, DnsSubdomain, Edition, SecretValue, Values};
use crate::yaml::Node;

const KEY: &str = "data.metadataConnection";

pub fn check(values: &Values, findings: &mut Vec<Finding>) {
    let keys = &values.data.metadata_connection;
    let existing = values.data.existing_secret();
    let host = connection::host(keys);
    if existing.is_some() && (host.is_some() || keys.open_placeholder().is_some()) {
        let title = format!("both `data.metadataSecretName` and `{KEY}` are given");
        let error = Finding::error("data.metadataSecretName", title, "the connection is to be taken from this Secret");
        findings.push(error.help("drop one of the two; `null` drops a key that another file sets"));
    }
    form(KEY, keys, findings);
    if host.is_none() && keys.open_placeholder().is_none() && existing.is_none() && (keys.user.is_some() || keys.pass.is_some()) {
        let given = if keys.user.is_some() { "user" } else { "pass" };
        let error = Finding::error(format!("{KEY}.{given}"), format!("`{KEY}` has no `host`"), "given without a host");
        findings.push(error.help(format!("set `{KEY}.host` to the database server's name")));
    }
    if keys.pass.is_some() && keys.user.as_deref().is_none_or(str::is_empty) && host.is_some() {
        findings.push(Finding::error(format!("{KEY}.pass"), format!("`{KEY}` has a `pass` but no `user`"), "the password of nobody"));
    }
}

/// The parts have a form that a URI takes.
fn form(at: &str, keys: &Connection, findings: &mut Vec<Finding>) {
    if let Some(Err(error)) = connection::host(keys) {
        let key = format!("{at}.host");
        let finding = Finding::error(&key, format!("`{key}` is not a host"), "this value").note(error);
        let port = keys.host.as_deref().and_then(|host| host.rsplit_once(':')).is_some_and(|(_, port)| port.parse::<u16>().is_ok());
        findings.push(if port { finding.help(format!("a port is given as `{at}.port`")) } else { finding });
    }
    let texts = [("user", keys.user.as_deref()), ("pass", keys.pass.as_ref().and_then(SecretValue::text))];
    for (name, _) in texts.into_iter().filter(|(_, text)| text.is_some_and(|text| text.ends_with('\n'))) {
        let key = format!("{at}.{name}");
        findings.push(
            Finding::error(&key, format!("`{key}` ends with a line break"), "this value").help("a block without one begins with `|-`"),
        );
    }
}

/// The connections of Airflow 2.11 and 3.
pub fn check_current(values: &Values, model: &Model, findings: &mut Vec<Finding>) {
    let keys = &values.data.metadata_connection;
    let given = DnsSubdomain::is_given;
    let connections = [
        (KEY, Some(keys), "data.metadataSecretName", given(values.data.metadata_secret_name.as_ref())),
        (
            "data.resultBackendConnection",
            values.data.result_backend_connection.as_ref(),
            "data.resultBackendSecretName",
            given(values.data.result_backend_secret_name.as_ref()),
        ),
    ];
    for (at, keys, whole, has_whole) in connections {
        let Some(keys) = keys else { continue };
        form(at, keys, findings);
        if !given(keys.pass_secret_name.as_ref()) {
            continue;
        }
        let place = format!("{at}.passSecretName");
        let both = |other: &str| {
            Finding::error(&place, format!("both `{place}` and `{other}` are given"), "the password is to be taken from this Secret")
                .help("drop one of the two; `null` drops a key that another file sets")
        };
        if has_whole {
            findings.push(both(whole));
        }
        // The chart's default is no password of anybody's.
        if keys.pass.as_ref().is_some_and(|pass| !pass.is_empty() && pass.text() != Some("postgres")) {
            findings.push(both(&format!("{at}.pass")));
        }
        let through_proxy = at == KEY && values.data.cloud_sql_proxy.enabled;
        if keys.host.is_none() && !through_proxy {
            let error = Finding::error(&place, format!("`{at}` has no `host`"), "the password of a database somewhere");
            findings.push(error.help(format!("set `{at}.host` to the database server's name")));
        }
    }
    proxy(values, model, findings);
    let variables = &values.enable_built_in_secret_env_vars;
    let by_password = values.data.metadata_connection.pass_secret_name.is_some();
    if model.known.keda_asks && !variables.airflow_db && !by_password && values.delivery != Delivery::Helm {
        let place = "enableBuiltInSecretEnvVars.AIRFLOW_CONN_AIRFLOW_DB";
        let error =
            Finding::error(place, "KEDA asks the database by `AIRFLOW_CONN_AIRFLOW_DB`, which the pods do not have", "switched off");
        findings.push(error.help("leave it on, or switch off the autoscaler (`keda.enabled`)"));
    }
}

/// A database of the user's has hardly the password that the chart has by default.
pub fn check_given(values: &Values, given: &Node, findings: &mut Vec<Finding>) {
    let keys = &values.data.metadata_connection;
    let has_host = keys.host.is_some();
    let is_said = |key: &str| given.at(&["data", "metadataConnection", key]).is_some();
    let asked = values.secrets.external_secrets.as_ref().is_some_and(|store| store.keys.keys().any(|key| key.starts_with(KEY)));
    let elsewhere = values.data.existing_secret().is_some() || is_said("pass") || is_said("passSecretName") || asked;
    if values.edition() == Edition::Current && has_host && !elsewhere {
        let warning = Finding::warning(format!("{KEY}.host"), format!("`{KEY}.pass` is not given"), "a database of your own");
        let warning = warning.note("the chart's default is taken: `postgres`");
        findings.push(warning.help(format!("set `{KEY}.pass` or `{KEY}.passSecretName`; `pass: null` for a user without a password")));
    }
}

/// The Cloud SQL Auth Proxy knows its instance, and is what the pods talk to.
fn proxy(values: &Values, model: &Model, findings: &mut Vec<Finding>) {
    let proxy = &values.data.cloud_sql_proxy;
    if !proxy.enabled {
        return;
    }
    let place = "data.cloudSqlProxy.enabled";
    if proxy.instance.is_none() {
        let error = Finding::error(place, "`data.cloudSqlProxy.instance` is missing", "the proxy is asked for here");
        findings.push(error.help("set it to `project:region:instance`, as `gcloud sql instances describe` shows it (`connectionName`)"));
    }
    if model.known.keda_asks {
        let error = Finding::error(place, "KEDA cannot go through the Cloud SQL Auth Proxy", "the proxy of each pod is its own");
        findings.push(
            error
                .note("KEDA asks the database itself how many pods are needed")
                .help("switch off the autoscaler (`keda.enabled`), or go to the database's private address without the proxy"),
        );
    }
    if values.data.metadata_connection.host.as_ref().is_some_and(|host| !matches!(&**host, "" | "127.0.0.1" | "localhost")) {
        let title = format!("both `data.cloudSqlProxy` and `{KEY}.host` are given");
        let error = Finding::error(format!("{KEY}.host"), title, "the pods would not talk to the proxy");
        findings.push(error.help("drop the host to go through the proxy, or `data.cloudSqlProxy` to go to the database directly"));
    }
}
