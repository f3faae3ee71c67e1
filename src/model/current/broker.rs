//! Celery's broker.

use percent_encoding::utf8_percent_encode;

use super::names::Names;
use crate::model::connection::USER_INFO;
use crate::values::Values;

/// Whether Celery's tasks go through the Redis that is among the manifests.
pub fn is_bundled(values: &Values) -> bool {
    values.redis.enabled && values.executor.uses_celery()
}

/// What the URI of the broker looks like, where the password is not known.
pub fn example(values: &Values, names: &Names) -> String {
    let host = if is_bundled(values) { names.of("redis") } else { "HOST".to_owned() };
    format!("redis://:PASSWORD@{host}:{}/0", values.ports.redis_db)
}

/// The URI of the broker, if it is known: the user's, or that of the Redis that is among the manifests.
pub fn url(values: &Values, names: &Names) -> Option<String> {
    if !values.executor.uses_celery() {
        return None;
    }
    if let Some(url) = values.data.broker_url.as_deref().filter(|url| !url.is_empty()) {
        return Some(url.to_owned());
    }
    let password = values.redis.password.as_deref().filter(|_| is_bundled(values))?;
    let password = utf8_percent_encode(password, USER_INFO);
    Some(format!("redis://:{password}@{}:{}/0", names.of("redis"), values.ports.redis_db))
}
