//! Fernet keys: the form that Airflow can use, held more strictly than Python holds it.

use base64::{Engine as _, prelude::BASE64_URL_SAFE};
use fernet::Fernet;

/// Why a text is not a fernet key, or a comma-separated list of them; `None` if it is.
///
/// Airflow stores passwords in plain text, without a word, if the key is empty; Python's decoder takes keys with
/// foreign characters in them. Here a key is 44 characters of canonical url-safe base64 that hold 32 bytes.
#[must_use]
pub fn fault(keys: &str) -> Option<String> {
    if keys.is_empty() {
        return Some("it is empty, and with an empty key Airflow stores passwords in plain text".to_owned());
    }
    let count = keys.split(',').count();
    keys.split(',').enumerate().find_map(|(index, key)| {
        let which = if count == 1 { "it".to_owned() } else { format!("key {} of {count}", index + 1) };
        if key.len() != 44 {
            return Some(format!("{which} has {} characters, not 44", key.chars().count()));
        }
        let canonical = BASE64_URL_SAFE.decode(key).is_ok_and(|bytes| bytes.len() == 32);
        (!canonical || Fernet::new(key).is_none()).then(|| format!("{which} is not canonical url-safe base64 of 32 bytes"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The article's example of a key, decoded from its base64.
    const ARTICLE: &str = "JY498Ilq8GLQ4AnFRVOqTGyAx87lnAYhDuluzHG_dIA=";

    #[test]
    fn keys_are_taken_and_others_refused() {
        let rotation = format!("{ARTICLE},ESqYUmi27Udn6wxY83KoM9kuvt9rDcelghHbAgGZW9g=");
        for good in [ARTICLE, rotation.as_str(), &Fernet::generate_key()] {
            assert_eq!(fault(good), None, "{good}");
        }
        let bad = [
            String::new(),
            ARTICLE.trim_end_matches('=').to_owned(),
            ARTICLE.replace('_', "/"),
            ARTICLE.replace("IA=", "IB="),
            format!("{ARTICLE}\n"),
            format!("{ARTICLE},"),
            format!("{ARTICLE}, {ARTICLE}"),
            "0".repeat(64),
            "é".repeat(22),
        ];
        for key in bad {
            assert!(fault(&key).is_some(), "{key}");
        }
    }
}
