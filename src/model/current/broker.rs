//! Celery's broker.

use percent_encoding::utf8_percent_encode;

use super::names::Names;
use crate::model::connection::USER_INFO;
use crate::model::secret_data::SecretData;
use crate::values::{Component as _, SecretValue, Values};

/// Whether Celery's tasks go through the Redis that is among the manifests.
pub fn is_bundled(values: &Values) -> bool {
    values.redis.enabled(values)
}

/// Whether the values give the URI of another broker than the Redis among the manifests.
pub fn is_elsewhere(values: &Values, names: &Names) -> bool {
    let url = values.data.broker_url.as_ref().and_then(SecretValue::text);
    url.is_some_and(|url| !url.contains(&names.of("redis")))
}

/// The URI of the Redis that is among the manifests, with this password in it.
pub fn around_password(values: &Values, names: &Names, password: &str) -> String {
    format!("redis://:{password}@{}:{}/0", names.of("redis"), values.ports.redis_db)
}

/// The port on which Redis listens unless it is told.
const PORT: u16 = 6379;

/// The arguments of Redis. The kubelet resolves the variable: the password stands in no manifest.
pub fn redis_args(values: &Values) -> Vec<String> {
    let port = values.ports.redis_db;
    let own = if port == PORT { Vec::new() } else { vec!["--port".to_owned(), port.to_string()] };
    ["--requirepass", "$(REDIS_PASSWORD)"].map(str::to_owned).into_iter().chain(own).collect()
}

/// An example of the broker's URI, for a password that is not known.
pub fn example(values: &Values, names: &Names) -> String {
    if is_bundled(values) {
        around_password(values, names, "PASSWORD")
    } else {
        format!("redis://:PASSWORD@HOST:{}/0", values.ports.redis_db)
    }
}

/// The URI of the broker, if it is known: the user's, or that of the Redis that is among the manifests.
pub fn url(values: &Values, names: &Names) -> Option<SecretData> {
    if !values.executor.uses_celery() {
        return None;
    }
    if let Some(url) = values.data.broker_url.as_ref().and_then(SecretData::of) {
        return Some(url);
    }
    let password = values.redis.password.as_ref().filter(|password| is_bundled(values) && !password.is_empty())?;
    let encode = |password: &str| utf8_percent_encode(password, USER_INFO).to_string();
    Some(SecretData::with(Some(password), encode, |password| around_password(values, names, &password.unwrap_or_default())))
}
