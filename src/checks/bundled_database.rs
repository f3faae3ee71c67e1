//! There is a database, and no second one that nobody talks to.

use super::Finding;
use crate::model::Model;
use crate::values::{Delivery, SecretValue, Values};

pub fn check(values: &Values, model: &Model, findings: &mut Vec<Finding>) {
    let connection = &values.data.metadata_connection;
    let elsewhere = connection.host.is_some() || values.data.existing_secret().is_some() || values.data.cloud_sql_proxy.enabled;
    if values.postgresql.enabled && elsewhere {
        let warning =
            Finding::warning("data.metadataConnection.host", "the bundled PostgreSQL runs, and nobody talks to it", "another database");
        findings.push(warning.help("set `postgresql.enabled: false`"));
    }
    let repository: &str = values.postgresql.image.repository.as_deref().unwrap_or_default();
    if values.postgresql.enabled && repository.contains("bitnami") {
        let title = format!("`{repository}` is not laid out as the official image of PostgreSQL");
        let error = Finding::error("postgresql.image.repository", title, "an image for another chart");
        findings.push(error.help("leave it out, or name a copy of the official image `postgres`"));
    }
    if values.delivery != Delivery::Helm && values.postgresql.is_used(values) {
        agree(values, findings);
    }
    if model.known.redis_is_idle {
        let warning = Finding::warning("data.brokerUrl", "the bundled Redis runs, and nobody talks to it", "another broker");
        findings.push(warning.help("set `redis.enabled: false`"));
    }
    // Every other way asks for the Secret by its name.
    let for_helm = values.delivery == Delivery::Helm;
    if for_helm && !values.postgresql.enabled && !elsewhere && connection.open_placeholder().is_none() {
        let warning = Finding::warning("postgresql.enabled", "no database is given", "the bundled one is not wanted");
        let warning = warning.note("the connection leads to the bundled PostgreSQL all the same");
        findings.push(warning.help("set `data.metadataConnection.host`, `.user` and `.pass`, or `data.metadataSecretName`"));
    }
}

/// The server and those who talk to it go by the same user and password.
fn agree(values: &Values, findings: &mut Vec<Finding>) {
    const KEY: &str = "data.metadataConnection";
    let connection = &values.data.metadata_connection;
    let (user, given) = (values.postgresql.user(), connection.user.as_deref().unwrap_or_default());
    if user != given {
        let title = format!("the bundled PostgreSQL has the user `{user}`, and `{KEY}.user` is another one");
        let error = Finding::error(format!("{KEY}.user"), title, "nobody could log in");
        findings.push(error.help(format!("set `{KEY}.user: {user}`, or `postgresql.auth.username` to the other one")));
        return;
    }
    let (key, password) = values.postgresql.password();
    let text = |secret: Option<&SecretValue>| secret.and_then(SecretValue::text).map(str::to_owned);
    let differ = match (text(password), text(connection.pass.as_ref())) {
        (Some(one), Some(other)) => one != other,
        (None, Some(_)) => password.is_none_or(SecretValue::is_empty),
        _ => false,
    };
    if differ {
        let title = format!("`{key}` and `{KEY}.pass` are not the same password");
        let error = Finding::error(key, title, "the bundled PostgreSQL's");
        findings.push(error.help(format!("set `{KEY}.pass: null`, and the pods read the one of the server")));
    }
}
