//! Addresses in texts: their hosts, and never a user or a password.

use url::Url;

/// The hosts that a text names beyond doubt: in an address, or with a port.
pub(crate) fn hosts(text: &str) -> Vec<&str> {
    let part = |symbol: char| symbol.is_ascii_alphanumeric() || matches!(symbol, '.' | '-');
    let mut found = Vec::new();
    let mut start = 0;
    while let Some(begin) = text[start..].find(part).map(|offset| start + offset) {
        let end = text[begin..].find(|symbol| !part(symbol)).map_or(text.len(), |offset| begin + offset);
        let has_port = text[end..].strip_prefix(':').is_some_and(|port| port.starts_with(|symbol: char| symbol.is_ascii_digit()));
        if has_port || text[..begin].ends_with("//") || text[..begin].ends_with('@') {
            found.push(text[begin..end].trim_end_matches('.'));
        }
        start = end;
    }
    found
}

/// Whether the name of a setting says that its value is a host.
pub(crate) fn is_of_a_host(setting: &str) -> bool {
    let setting = setting.to_ascii_lowercase();
    ["host", "server", "address", "endpoint"].iter().any(|word| setting.ends_with(word))
}

/// The host of a URI.
///
/// `None` where a password that is not encoded leaves open which part is the host.
pub(crate) fn host(uri: &str) -> Option<String> {
    let url = Url::parse(uri.trim()).ok()?;
    let rest = [url.path(), url.query().unwrap_or_default(), url.fragment().unwrap_or_default()];
    url.host_str().filter(|host| is_plain(host) && rest.iter().all(|part| !part.contains('@'))).map(str::to_owned)
}

/// Whether a text has the characters of a host alone.
fn is_plain(host: &str) -> bool {
    let plain = |symbol: char| symbol.is_ascii_alphanumeric() || matches!(symbol, '.' | '-' | '_' | ':' | '[' | ']');
    !host.is_empty() && host.chars().all(plain)
}

/// The host in the command that puts a URI together around its password (`... + '@HOST:5432/airflow'`).
pub(crate) fn host_in_command(command: &str) -> Option<&str> {
    let (_, rest) = command.rsplit_once("'@")?;
    let host = rest.split(['/', '\'']).next()?;
    let host = if host.starts_with('[') { host.split_inclusive(']').next()? } else { host.split(':').next()? };
    is_plain(host).then_some(host)
}

/// The address of a repository, without its user, its token and anything else that may be a token.
pub(crate) fn repository(address: &str) -> &str {
    let address = address.trim();
    let address = address.split_once("://").map_or(address, |(_, rest)| rest);
    let address = address.rsplit_once('@').map_or(address, |(_, rest)| rest);
    address.split(['?', '#']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{host, host_in_command, hosts, repository};

    #[test]
    fn the_host_of_a_command() {
        let command =
            |host: &str| format!("python -c \"print('postgresql://u:' + quote(environ['P'], safe='') + '@{host}:5432/x', end='')\"");
        assert_eq!(host_in_command(&command("db.example.com")), Some("db.example.com"));
        assert_eq!(host_in_command(&command("[2001:db8::1]")), Some("[2001:db8::1]"));
        assert_eq!(host_in_command("cat /run/secrets/uri"), None);
        assert_eq!(host_in_command("echo 'postgresql://u:p w'@x y"), None);
    }

    #[test]
    fn hosts_are_told_from_other_words() {
        let text = "[webserver]\nurl = http://airflow-api:8080/x statsd redis:6379 git@github.com a:b redis://:p@broker.data/0";
        assert_eq!(hosts(text), ["airflow-api", "redis", "github.com", "broker.data"]);
    }

    #[test]
    fn of_a_uri_only_what_is_surely_the_host() {
        for (uri, expected) in [
            ("postgresql://u:p%40x@db.example.com:5432/airflow?sslmode=disable", Some("db.example.com")),
            ("postgresql+psycopg2://u@db/x", Some("db")),
            ("postgresql://user:12/secret@db/x", None),
            ("postgresql://user:se/cret@db/x", None),
            ("postgresql://us#er:secret@db/x", None),
            ("postgresql://secret?x@db/y", None),
            ("sqlite:////tmp/x.db", None),
            ("secret", None),
        ] {
            assert_eq!(host(uri).as_deref(), expected, "{uri}");
        }
    }

    #[test]
    fn a_repository_is_shown_without_user_and_token() {
        for (address, expected) in [
            ("https://user:token@example.com/a/b.git", "example.com/a/b.git"),
            ("https://user:to/k#en@example.com/a?x=y#z", "example.com/a"),
            ("https://example.com/a?token=x", "example.com/a"),
            ("git@github.com:example/dags.git", "github.com:example/dags.git"),
            ("ssh://git@example.com:22/a", "example.com:22/a"),
        ] {
            assert_eq!(repository(address), expected, "{address}");
        }
    }
}
