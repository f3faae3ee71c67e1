//! What names of secrets look like: the one list of words, and the ways to ask it.

use super::Airflow;
use super::fault::distance;

/// Words that say that something is a secret.
const SECRETS: [&str; 17] = [
    "password",
    "passwd",
    "passphrase",
    "secret",
    "token",
    "credential",
    "access_key",
    "account_key",
    "api_key",
    "basic_auth",
    "connection_string",
    "encryption_key",
    "fernet_key",
    "private_key",
    "secret_key",
    "signing_key",
    "ssh_key",
];

/// A word of a few letters that says so by itself alone, and not within another one: `bypass`, `passive`. And one that does so beside
/// others: by itself, in capitals, it is the folder of a shell.
const PASS: &str = "pass";
const PWD: &str = "pwd";

/// The headers of requests that log in.
const HEADERS: [&str; 4] = ["authorization", "cookie", "proxy-authorization", "set-cookie"];

/// Words in the names of options whose values may be secrets besides (Airflow: the options of `airflow.cfg` that are sensitive,
/// and those that `[core] sensitive_var_conn_names` hides).
const SENSITIVE: [&str; 15] = [
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
    "pwd",
    "result_backend",
    "webhook",
];

/// Whether a name, or a line, has a word that says that it is of a secret, however its words are set apart.
pub(crate) fn says_secret(name: &str) -> bool {
    let is_one = |word: &str| word.eq_ignore_ascii_case(PASS) || word.eq_ignore_ascii_case(PWD) && !name.eq_ignore_ascii_case(PWD);
    let has_word = || name.split(|c: char| !c.is_alphanumeric()).any(is_one);
    SECRETS.iter().any(|word| plain(name).contains(&plain(word))) || has_word()
}

/// Whether the last word of a name says that it is of a secret.
pub(super) fn names_secret(name: &str) -> bool {
    let last = name.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    SECRETS.iter().any(|word| plain(name).ends_with(&plain(word))) || [PASS, PWD].iter().any(|word| word.eq_ignore_ascii_case(last))
}

/// Whether the value of a variable, or of a header, of that name is a secret: its name says so, or it is a connection of Airflow's, or
/// an option whose name sounds like one.
pub(crate) fn is_secret_variable(name: &str) -> bool {
    let option = name.strip_prefix("AIRFLOW__").and_then(|rest| rest.split_once("__"));
    let is_header = HEADERS.iter().any(|header| header.eq_ignore_ascii_case(name));
    let is_short = name.rsplit_once('_').is_some_and(|(_, last)| ["AUTH", "PAT"].contains(&last));
    says_secret(name)
        || is_header
        || is_short
        || name.starts_with("AIRFLOW_CONN_")
        || option.is_some_and(|(_, option)| sounds_secret(option))
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

/// Whether a word is one that says that something is a secret, or a slip of one. Most words of this length have another one two
/// letters away: `open` and `token`, `secure` and `secret`.
pub(super) fn is_slip_of_secret(word: &str) -> bool {
    SECRETS.iter().any(|secret| distance(word, secret) <= 1 + word.chars().count() / 8)
}

/// What the names of options end with that hand anything on to a program.
const ARGUMENTS: [&str; 3] = ["args", "args_async", "kwargs"];

/// Whether the value of an option of airflow.cfg of that name may be a secret: of one that Airflow has, if Airflow or its name says
/// so; of any other, if its name sounds like one.
pub(crate) fn is_secret_option(name: &str) -> bool {
    let name = name.to_lowercase();
    if !Airflow::is_open(&name) {
        return sounds_secret(&name);
    }
    let is_of_name = ["_name", "_names", "_file", "_path", "_ref"].iter().any(|end| name.ends_with(end));
    says_secret(&name) && !is_of_name || ARGUMENTS.iter().any(|end| name.ends_with(end))
}

/// Addresses whose user is no login by itself, but an account of another kind: a container, or the key's.
const WITHOUT_PASSWORD: [&str; 6] = ["ssh", "git+ssh", "wasb", "wasbs", "abfs", "abfss"];

/// Whether a text is an address with a login in it, which may be a token alone. Where a password is not encoded, nobody knows for
/// sure where it ends.
pub(crate) fn logs_in(text: &str) -> bool {
    let mut addresses = text.match_indices("://").map(|(at, sign)| (&text[..at], &text[at + sign.len()..]));
    addresses.any(|(before, rest)| {
        let scheme = before.rsplit(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))).next().unwrap_or_default();
        let rest = rest.split("://").next().unwrap_or_default();
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        match authority.rsplit_once('@') {
            Some((user, _)) => user.contains(':') || !WITHOUT_PASSWORD.contains(&scheme.to_lowercase().as_str()),
            None => authority.contains(':') && rest.contains('@'),
        }
    })
}

/// Whether a text gives a secret a value, as `password=x` and `"token": "x"` do.
pub(crate) fn gives_secret(text: &str) -> bool {
    gives(text, says_secret)
}

/// The same where a secret has no place: the last word of its name says so. `secretRef: {name: a}` gives none.
pub(crate) fn tells_secret(text: &str) -> bool {
    gives(text, names_secret)
}

fn gives(text: &str, is_name: fn(&str) -> bool) -> bool {
    text.match_indices(['=', ':']).any(|(at, _)| {
        let name = text[..at].trim_end_matches(['"', '\'', ' ']);
        let name = name.rsplit(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-'))).next().unwrap_or_default();
        is_name(name) && !text[at + 1..].trim().is_empty()
    })
}

fn plain(name: &str) -> String {
    name.to_lowercase().replace(['_', '-'], "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_secrets_are_told_from_others() {
        for (name, says, ends, sounds) in [
            ("SMTP_PASSWORD", true, true, true),
            ("apiKey", true, false, true),
            ("AWS_ACCESS_KEY", true, true, true),
            ("GOOGLE_APPLICATION_CREDENTIALS", true, false, true),
            ("tokenizer", true, false, true),
            ("pass", true, false, true),
            ("DB_PASS", true, false, true),
            ("DB_PWD", true, false, true),
            ("PWD", false, false, true),
            ("BYPASS", false, false, true),
            ("pasword", false, false, true),
            ("sql_alchemy_conn", false, false, true),
            ("replicas", false, false, false),
            ("tokn", false, false, true),
            ("socket_timeout", false, false, false),
            ("cookie_secure", false, false, false),
            ("open", false, false, false),
        ] {
            assert_eq!((says_secret(name), ends_as_secret(name), sounds_secret(name)), (says, ends, sounds), "{name}");
        }
    }

    /// Whether each text is what is expected of it.
    fn agrees(is_it: fn(&str) -> bool, cases: &[(&str, bool)]) {
        for (text, expected) in cases {
            assert_eq!(is_it(text), *expected, "{text}");
        }
    }

    #[test]
    fn options_are_secrets_where_airflow_or_their_names_say_so() {
        agrees(
            is_secret_option,
            &[
                ("sql_alchemy_conn", true),
                ("broker_url", true),
                ("smtp_password", true),
                ("backend_kwargs", true),
                ("bind_password", true),
                ("kube_client_request_args", true),
                ("workers", false),
                ("access_logfile", false),
                ("remote_log_conn_id", false),
                ("ssl_cert", false),
                ("my_api_key", true),
                ("my_host", false),
            ],
        );
    }

    #[test]
    fn an_address_with_a_login_is_told_from_one_without() {
        agrees(
            logs_in,
            &[
                ("postgresql://u:p@h/d", true),
                ("postgresql://u:p/a@h/d", true),
                ("https://ghp_token@github.com/a.git", true),
                ("a redis://:p@h:6379/0 b", true),
                ("https://h/a?next=redis://u:p@h", true),
                ("ssh://git@github.com/a.git", false),
                ("ssh://git:p@github.com/a.git", true),
                ("wasbs://logs@account.blob.core.windows.net/a", false),
                ("https://github.com/a/b@v1", false),
                ("git@github.com:a/b.git", false),
                ("s3://bucket/a", false),
            ],
        );
    }

    #[test]
    fn a_text_that_gives_a_secret_a_value_is_told_from_others() {
        agrees(
            gives_secret,
            &[
                ("host=a password=b", true),
                (r#"{"conn_id": "a", "token": "b"}"#, true),
                ("[smtp]\nsmtp_password = b", true),
                ("airflow.providers.hashicorp.secrets.vault.VaultBackend", false),
                ("password:", false),
                ("%(asctime)s: %(message)s", false),
            ],
        );
        agrees(
            tells_secret,
            &[("a --password=b", true), ("conn_password: b", true), ("secretRef: {name: b}", false), ("tokenTtl: 5", false)],
        );
    }
}
