//! The connection URI of the metadata database.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use url::Host;

use crate::values::{Connection, Protocol};

/// What is percent-encoded in user and password: everything but RFC 3986's unreserved characters and `!`.
///
/// SQLAlchemy misreads `@`, `:` and `/` that stand there bare, and Airflow expands `$`.
pub const USER_INFO: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'!');

/// The URI by which SQLAlchemy finds the database; `None` while no host is given.
#[must_use]
pub fn uri(connection: &Connection) -> Option<String> {
    with_scheme(scheme(connection.protocol), connection)
}

/// The scheme of a kind of database: SQLAlchemy's name for it, with or without a driver.
#[must_use]
pub fn scheme(protocol: Protocol) -> &'static str {
    match protocol {
        Protocol::Postgresql => "postgresql",
        Protocol::Psycopg2 => "postgresql+psycopg2",
        Protocol::Mysql => "mysql",
        Protocol::Mysqldb => "mysql+mysqldb",
        Protocol::Sqlite => "sqlite",
    }
}

/// The URI with a scheme of the caller's.
#[must_use]
pub fn with_scheme(scheme: &str, connection: &Connection) -> Option<String> {
    Some(assembled(scheme, &host(connection)?.ok()?, connection))
}

/// The URI for a host that is known to be one.
#[must_use]
pub fn assembled(scheme: &str, host: &str, connection: &Connection) -> String {
    let encode = |text: &str| utf8_percent_encode(text, USER_INFO).to_string();
    let user = connection.user.as_deref().map(encode).unwrap_or_default();
    let password = connection.pass.as_ref().map(|pass| format!(":{}", encode(pass))).unwrap_or_default();
    let at = if user.is_empty() && password.is_empty() { "" } else { "@" };
    // MySQL's drivers have no such parameter.
    let takes_sslmode = !matches!(connection.protocol, Protocol::Mysql | Protocol::Mysqldb | Protocol::Sqlite);
    let query = connection
        .sslmode
        .as_ref()
        .filter(|_| takes_sslmode)
        .and_then(|mode| mode.given())
        .map(|mode| format!("?sslmode={}", encode(mode)))
        .unwrap_or_default();
    let port = connection.port.map(|port| format!(":{port}")).unwrap_or_default();
    format!("{scheme}://{user}{password}{at}{host}{port}/{}{query}", &*connection.db)
}

/// The host as it stands in a URI, an IPv6 address in brackets; `Err` says why it cannot.
///
/// # Errors
///
/// What is wrong with the host.
#[must_use]
pub fn host(connection: &Connection) -> Option<Result<String, String>> {
    let text = connection.host.as_ref()?.given()?;
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    let text = if bare.contains(':') { format!("[{bare}]") } else { text.to_owned() };
    Some(match Host::parse(&text) {
        // A number, or four of them in another base: nobody writes that on purpose.
        Ok(Host::Ipv4(address)) if address.to_string() != text => Err(format!("as a host this is the address {address}")),
        Ok(_) => Ok(text),
        Err(error) => Err(error.to_string()),
    })
}

#[cfg(test)]
mod tests {
    use base64::{Engine as _, prelude::BASE64_STANDARD};

    use super::*;

    fn connection(user: &str, pass: &str, host: &str) -> Connection {
        let (port, protocol) = (Some(5432), Protocol::Psycopg2);
        Connection {
            user: Some(user.into()),
            pass: Some(pass.into()),
            host: Some(host.into()),
            port,
            protocol,
            db: "postgres".into(),
            ..Connection::default()
        }
    }

    #[test]
    fn the_articles_numbers_give_the_articles_example() {
        let uri = uri(&connection("lena@airflowazuredb", "Password1!", "airflowazuredb.postgres.database.azure.com")).unwrap();
        assert_eq!(
            BASE64_STANDARD.encode(uri),
            "cG9zdGdyZXNxbCtwc3ljb3BnMjovL2xlbmElNDBhaXJmbG93YXp1cmVkYjpQYXNzd29yZDEhQGFpcmZsb3dhenVyZWRiLnBvc3RncmVzLmRhdGFiYXNlLmF6dXJlLmNvbTo1NDMyL3Bvc3RncmVz"
        );
    }

    #[test]
    fn everything_but_unreserved_characters_and_the_exclamation_mark_is_encoded() {
        let uri = uri(&connection("a b", "p@ss:w/o?r#d[1] +%!$HOME~\"é", "h")).unwrap();
        assert_eq!(uri, "postgresql+psycopg2://a%20b:p%40ss%3Aw%2Fo%3Fr%23d%5B1%5D%20%2B%25!%24HOME~%22%C3%A9@h:5432/postgres");
    }

    #[test]
    fn hosts_stand_in_the_uri_as_they_have_to() {
        for (host, expected) in
            [("::1", "[::1]"), ("[2001:DB8::1]", "[2001:DB8::1]"), ("10.0.0.1", "10.0.0.1"), ("Db.Example.com", "Db.Example.com")]
        {
            assert_eq!(uri(&connection("u", "p", host)).unwrap(), format!("postgresql+psycopg2://u:p@{expected}:5432/postgres"));
        }
        for wrong in ["1.2.3.4.5", "10.0.0.256", "1", "0x7f.1", "::g", "a..b:1"] {
            assert!(host(&connection("u", "p", wrong)).unwrap().is_err(), "{wrong}");
        }
        assert!(uri(&Connection::default()).is_none());
    }
}
