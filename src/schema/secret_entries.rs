//! What stands beside a text that tells that it is a secret: its key, the name of a variable, an option before it.

use super::fault::is_near;
use super::secret_words::{is_secret_variable, names_secret, says_secret};
use crate::yaml::{Data, Node};

/// The key of the value of what has a name: a variable, a header, a parameter.
const VALUE: &str = "value";

/// Whether the value at a key of a map is a secret by what stands there: the value of a variable, or a text whose key says so and is no
/// name of something.
pub(crate) fn is_secret_entry(map: &Node, key: &str) -> bool {
    const OF_NAMES: [&str; 4] = ["Name", "Names", "Ref", "Class"];
    let is_text = match map.get(key).map(|node| &node.data) {
        Some(Data::String(text)) => !text.is_empty(),
        Some(Data::List(items)) => !items.is_empty() && items.iter().all(|item| item.as_str().is_some()),
        _ => false,
    };
    if key == VALUE || is_text && is_near(key, VALUE) {
        // The key of the name may have a slip.
        let others = map.as_map().into_iter().flatten().filter(|(other, _)| *other != key);
        return match map.text(&["name"]) {
            Some(name) => is_secret_variable(name),
            None => others.filter_map(|(_, entry)| entry.value.as_str()).any(is_secret_variable),
        };
    }
    // An ExternalSecret names the key of its Secret.
    // A checksum shows nothing, and that it is another one says why pods restart.
    let is_name = key.starts_with("checksum/")
        || OF_NAMES.iter().any(|end| key.ends_with(end))
        || key == "secretKey" && map.get("remoteRef").is_some();
    is_text && says_secret(key) && !is_name
}

/// Whether the value at a key of the user's own is a secret by that key: its last word says so. `token-expiration` is none.
pub(crate) fn is_own_secret(map: &Node, key: &str) -> bool {
    names_secret(key) && is_secret_entry(map, key)
}

/// Whether an item of a list is what the option before it asks for, which says that it is a secret: `--password`.
pub(crate) fn is_secret_argument(items: &[Node], index: usize) -> bool {
    let before = index.checked_sub(1).and_then(|before| items[before].as_str());
    before.is_some_and(|before| before.starts_with('-') && !before.contains('=') && says_secret(before))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::read;

    #[test]
    fn a_key_of_the_users_own_names_a_secret_with_its_last_word() {
        for (key, expected) in [
            ("vault-token", true),
            ("example.com/conn_password", true),
            ("DB_PASS", true),
            ("token-expiration", false),
            ("example.com/secret-class", false),
            ("bypass", false),
        ] {
            assert_eq!(is_own_secret(&read(&format!("{{{key}: x}}"), 0).unwrap()[0], key), expected, "{key}");
        }
    }

    #[test]
    fn an_entry_is_a_secret_by_its_key_or_by_the_name_beside_it() {
        for (map, key, expected) in [
            ("{password: x}", "password", true),
            ("{passwordSecretName: x}", "passwordSecretName", false),
            ("{password: ''}", "password", false),
            ("{pass: x}", "pass", true),
            ("{password: [x]}", "password", true),
            ("{secrets: [{name: x}]}", "secrets", false),
            ("{passive: x}", "passive", false),
            ("{name: DB_PASSWORD, value: x}", "value", true),
            ("{name: DB_PASSWORD, valu: x}", "valu", true),
            ("{nam: DB_PASSWORD, value: x}", "value", true),
            ("{name: MODE, value: x, other: DB_PASSWORD}", "value", false),
            ("{name: Authorization, value: Bearer x}", "value", true),
            ("{secretKey: x, remoteRef: {key: y}}", "secretKey", false),
            ("{checksum/password: x}", "checksum/password", false),
        ] {
            assert_eq!(is_secret_entry(&read(map, 0).unwrap()[0], key), expected, "{map}");
        }
    }
}
