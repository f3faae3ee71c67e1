//! The address of Elasticsearch or OpenSearch, where the logs of tasks are read.

use indexmap::IndexMap;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::model::connection::USER_INFO;
use crate::model::secret_data::{SecretData, SecretKeys};
use crate::values::{Delivery, LogStore, LogStoreConnection, Values};

/// The key with the user, which Airflow reads beside the address of OpenSearch.
pub const USER: &str = "username";
/// The key with the password.
pub const PASSWORD: &str = "password";

/// What stands bare in user and password of the chart's address, as Go writes it.
const AS_GO: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'$')
    .remove(b'&')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// The keys of the Secret; `None`, where the values give no address. User and password are by themselves too, if `in_parts`.
pub fn keys(values: &Values, store: &LogStore, in_parts: bool) -> Option<SecretKeys> {
    let LogStoreConnection { scheme, user, pass, host, port: _ } = &store.connection;
    let host = host.as_deref().filter(|_| store.enabled && store.secret_name.is_none())?;
    let scheme = scheme.as_deref().unwrap_or("http");
    let port = store.connection.port();
    let for_helm = values.delivery == Delivery::Helm;
    let encode = |text: &str| encoded(text, for_helm);
    let login = user.as_deref().zip(pass.as_ref().filter(|pass| !pass.is_empty()));
    let address = SecretData::with(login.map(|(_, pass)| pass), encode, |pass| {
        let login = login.zip(pass).map(|((user, _), pass)| format!("{}:{pass}@", encode(user))).unwrap_or_default();
        format!("{scheme}://{login}{host}:{port}")
    });
    let mut keys = IndexMap::from([("connection", address)]);
    if let Some((user, pass)) = login.filter(|_| in_parts) {
        keys.insert(USER, SecretData::Known(user.to_owned()));
        keys.extend(SecretData::of(pass).map(|pass| (PASSWORD, pass)));
    }
    Some(SecretKeys(keys))
}

/// A user or a password as it stands in the address.
fn encoded(text: &str, for_helm: bool) -> String {
    if !for_helm {
        return utf8_percent_encode(text, USER_INFO).to_string();
    }
    let mut text = utf8_percent_encode(text, AS_GO).to_string();
    // Airflow puts a variable in the place of what begins so.
    for at in (0..text.len()).rev() {
        let is_name = text[at..].strip_prefix('$').and_then(|rest| rest.chars().next()).is_some_and(|c| c.is_alphanumeric() || c == '_');
        if is_name {
            text.replace_range(at..=at, "%24");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(delivery: &str, store: &str) -> String {
        let values: Values = serde_json::from_str(&format!(r#"{{"delivery": "{delivery}", "elasticsearch": {store}}}"#)).unwrap();
        let keys = keys(&values, &values.elasticsearch, false).unwrap();
        match &keys.0["connection"] {
            SecretData::Known(text) | SecretData::Open(text) => text.clone(),
            _ => unreachable!("it is made of parts"),
        }
    }

    #[test]
    fn an_address_has_every_character_of_user_and_password() {
        let store = r#"{"enabled": true, "connection": {"user": "u!@#$%^&*()", "pass": "a b+$HOME", "host": "[::1]", "scheme": "https"}}"#;
        assert_eq!(address("helm", store), "https://u%21%40%23$%25%5E&%2A%28%29:a%20b+%24HOME@[::1]:9200");
        assert_eq!(address("kubectl", store), "https://u!%40%23%24%25%5E%26%2A%28%29:a%20b%2B%24HOME@[::1]:9200");
    }

    #[test]
    fn nobody_logs_in_without_both() {
        let store = |more: &str| format!(r#"{{"enabled": true, "connection": {{"host": "h", "port": 80, {more}}}}}"#);
        assert_eq!(address("kubectl", &store(r#""user": "u""#)), "http://h:80");
        assert_eq!(address("kubectl", &store(r#""pass": {"placeholder": "<pass>"}, "user": "u""#)), "http://u:<pass>@h:80");
    }
}
