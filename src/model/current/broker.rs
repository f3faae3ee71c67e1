//! Celery's broker.

use percent_encoding::utf8_percent_encode;

use super::names::Names;
use crate::model::connection::USER_INFO;
use crate::model::secret_data::SecretData;
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
pub fn url(values: &Values, names: &Names) -> Option<SecretData> {
    if !values.executor.uses_celery() {
        return None;
    }
    if let Some(url) = values.data.broker_url.as_ref().and_then(SecretData::of) {
        return Some(url);
    }
    let password = values.redis.password.as_ref().filter(|password| is_bundled(values) && !password.is_empty())?;
    let encode = |password: &str| utf8_percent_encode(password, USER_INFO).to_string();
    Some(SecretData::with(Some(password), encode, |password| {
        format!("redis://:{}@{}:{}/0", password.unwrap_or_default(), names.of("redis"), values.ports.redis_db)
    }))
}
