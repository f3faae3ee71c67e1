//! What names of secrets look like: the one list of words, and the ways to ask it.

use super::Airflow;
use super::fault::is_near;

/// Words that say that something is a secret.
const SECRETS: [&str; 10] =
    ["password", "passwd", "passphrase", "secret", "token", "credential", "api_key", "access_key", "secret_key", "fernet_key"];

/// Words in the names of options whose values may be secrets besides (Airflow: the options of `airflow.cfg` that are sensitive,
/// and those that `[core] sensitive_var_conn_names` hides).
const SENSITIVE: [&str; 14] = [
    "access",
    "args",
    "basic_auth",
    "broker",
    "cert",
    "conn",
    "cred",
    "dsn",
    "key",
    "kwargs",
    "pass",
    "private",
    "result_backend",
    "webhook",
];

/// Whether a name, or a line, has a word that says that it is of a secret, however its words are set apart.
pub(crate) fn says_secret(name: &str) -> bool {
    let name = plain(name);
    SECRETS.iter().any(|word| name.contains(&plain(word)))
}

/// Whether the value of a variable of that name is a secret: its name says so, or it is a connection of Airflow's, or an option whose
/// name sounds like one.
pub(crate) fn is_secret_variable(name: &str) -> bool {
    let option = name.strip_prefix("AIRFLOW__").and_then(|rest| rest.split_once("__"));
    says_secret(name) || name.starts_with("AIRFLOW_CONN_") || option.is_some_and(|(_, option)| sounds_secret(option))
}

/// Whether the last words of the name of a variable say that its value is a secret.
pub(crate) fn ends_as_secret(name: &str) -> bool {
    let name = name.to_lowercase();
    SECRETS.iter().any(|word| name.strip_suffix(word).is_some_and(|rest| rest.is_empty() || rest.ends_with('_')))
}

/// Whether the value of that name may be a secret: its name says so, or may be a slip of one that does.
pub(crate) fn sounds_secret(name: &str) -> bool {
    let name = name.to_lowercase();
    SECRETS.iter().chain(&SENSITIVE).any(|word| name.contains(word))
        || Airflow::is_slip_of_secret(&name)
        || name.split(['_', '-', '.']).any(is_slip_of_secret)
}

/// Whether a word is one that says that something is a secret, or a slip of one.
pub(super) fn is_slip_of_secret(word: &str) -> bool {
    SECRETS.iter().any(|secret| is_near(word, secret))
}

fn plain(name: &str) -> String {
    name.to_lowercase().replace(['_', '-'], "")
}

#[cfg(test)]
mod tests {
    use super::{ends_as_secret, says_secret, sounds_secret};

    #[test]
    fn names_of_secrets_are_told_from_others() {
        for (name, says, ends, sounds) in [
            ("SMTP_PASSWORD", true, true, true),
            ("apiKey", true, false, true),
            ("AWS_ACCESS_KEY", true, true, true),
            ("GOOGLE_APPLICATION_CREDENTIALS", true, false, true),
            ("tokenizer", true, false, true),
            ("pasword", false, false, true),
            ("sql_alchemy_conn", false, false, true),
            ("replicas", false, false, false),
        ] {
            assert_eq!((says_secret(name), ends_as_secret(name), sounds_secret(name)), (says, ends, sounds), "{name}");
        }
    }
}
