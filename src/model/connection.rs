//! The connection URI of the metadata database.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use url::Host;

use super::secret_data::SecretData;
use crate::values::{Connection, Protocol};

/// What is percent-encoded in user and password: everything but RFC 3986's unreserved characters and `!`.
///
/// SQLAlchemy misreads `@`, `:` and `/` that stand there bare, and Airflow expands `$`.
pub const USER_INFO: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'!');

/// The key of a Secret that holds the metadata database's URI as Airflow's own connections are spelled.
pub const AIRFLOW_CONNECTION: &str = "airflowConnection";

/// Who reads a URI: each reader wants another scheme for the same database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// The chart's spelling: the protocol as the values have it.
    Chart,
    /// SQLAlchemy, which takes a bare `postgresql` for psycopg2 or, since 2.1, for psycopg 3: the driver is named.
    Sqlalchemy,
    /// SQLAlchemy's asynchronous sessions, whose driver for PostgreSQL takes none of libpq's parameters but `sslmode`, as `ssl`.
    Async,
    /// Airflow's own connections, whose types have no drivers: `postgresql+psycopg2` is an unknown hook type there.
    Airflow,
}

fn scheme(protocol: Protocol, reader: Reader) -> &'static str {
    match (protocol, reader) {
        (Protocol::Postgresql | Protocol::Psycopg2, Reader::Async) => "postgresql+asyncpg",
        (Protocol::Mysql | Protocol::Mysqldb, Reader::Async) => "mysql+aiomysql",
        (Protocol::Postgresql, Reader::Chart | Reader::Airflow) | (Protocol::Psycopg2, Reader::Airflow) => "postgresql",
        (Protocol::Psycopg2, _) | (Protocol::Postgresql, Reader::Sqlalchemy) => "postgresql+psycopg2",
        (Protocol::Mysql, Reader::Chart | Reader::Airflow) | (Protocol::Mysqldb, Reader::Airflow) => "mysql",
        (Protocol::Mysqldb, _) | (Protocol::Mysql, Reader::Sqlalchemy) => "mysql+mysqldb",
        (Protocol::Sqlite, _) => "sqlite",
    }
}

/// What a URI looks like.
#[must_use]
pub fn example(reader: Reader, protocol: Protocol) -> String {
    format!("{}://USER:PASSWORD@HOST:{}/DATABASE", scheme(protocol, reader), protocol.usual_port())
}

/// The URI for the host that the values give; `None` while they give none that is one.
#[must_use]
pub fn uri(reader: Reader, connection: &Connection) -> Option<SecretData> {
    Some(uri_at(reader, &host(connection)?.ok()?, connection))
}

/// The URI for a host that is known to be one.
#[must_use]
pub fn uri_at(reader: Reader, host: &str, connection: &Connection) -> SecretData {
    let pass = connection.pass.as_ref().filter(|pass| !pass.is_empty());
    SecretData::with(pass, encode, |pass| {
        let (before, after) = around_password(reader, host, connection, pass.is_some());
        format!("{before}{}{after}", pass.unwrap_or_default())
    })
}

/// The parts of the URI before and after the password.
#[must_use]
pub fn around_password(reader: Reader, host: &str, connection: &Connection, has_password: bool) -> (String, String) {
    let scheme = scheme(connection.protocol(), reader);
    let user = connection.user.as_deref().map(encode).unwrap_or_default();
    let colon = if has_password { ":" } else { "" };
    let at = if user.is_empty() && !has_password { "" } else { "@" };
    let port = port(reader, connection);
    (format!("{scheme}://{user}{colon}"), format!("{at}{host}:{port}/{}{}", &*connection.db, query(reader, connection)))
}

/// The port; the chart's default is PostgreSQL's, whatever the database is.
#[must_use]
pub fn port(reader: Reader, connection: &Connection) -> u16 {
    if reader == Reader::Chart { connection.port.unwrap_or(5432) } else { connection.port() }
}

/// The parameters, with the `?` before them.
fn query(reader: Reader, connection: &Connection) -> String {
    let own = connection.query.0.iter().map(|(name, value)| (name.as_str(), &**value));
    let among_own = own.clone().find(|(name, _)| *name == "sslmode").map(|(_, mode)| mode);
    // Other drivers have no such parameter.
    let mode = connection.sslmode.as_deref().filter(|_| connection.protocol().is_postgresql());
    let parameters: Vec<(&str, &str)> = match reader {
        Reader::Async => among_own.or(mode).map(|mode| ("ssl", mode)).into_iter().collect(),
        _ => mode.filter(|_| among_own.is_none()).map(|mode| ("sslmode", mode)).into_iter().chain(own).collect(),
    };
    let parameters: Vec<String> = parameters.into_iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
    if parameters.is_empty() { String::new() } else { format!("?{}", parameters.join("&")) }
}

fn encode(text: &str) -> String {
    utf8_percent_encode(text, USER_INFO).to_string()
}

/// The host as it stands in a URI, an IPv6 address in brackets; `Err` says why it cannot.
///
/// # Errors
///
/// What is wrong with the host.
#[must_use]
pub fn host(connection: &Connection) -> Option<Result<String, String>> {
    let text = connection.host.as_deref()?;
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
    use super::*;
    use crate::values::Parameters;

    fn connection(user: &str, pass: &str, host: &str) -> Connection {
        let (port, protocol) = (Some(5432), Protocol::Psycopg2);
        Connection {
            user: Some(user.into()),
            pass: Some(pass.into()),
            host: host.into(),
            port,
            protocol: Some(protocol),
            db: "postgres".into(),
            ..Connection::default()
        }
    }

    fn text(connection: &Connection) -> String {
        uri(Reader::Sqlalchemy, connection).unwrap().into_text()
    }

    #[test]
    fn a_password_that_is_a_placeholder_stays_as_it_is() {
        let pass = serde_json::from_str(r#"{"placeholder": "<password>"}"#).unwrap();
        let connection = Connection { pass: Some(pass), ..connection("u", "p", "h") };
        let open = SecretData::Open("postgresql://u:<password>@h:5432/postgres".to_owned());
        assert!(uri(Reader::Airflow, &connection) == Some(open));
    }

    #[test]
    fn asynchronous_sessions_have_a_driver_and_a_parameter_of_their_own() {
        let query = Parameters([("application_name".to_owned(), "airflow".into())].into());
        let connection = Connection { sslmode: "require".into(), query, ..connection("u", "p@", "h") };
        let uri = |connection: &Connection| uri(Reader::Async, connection).unwrap();
        assert!(uri(&connection) == SecretData::Known("postgresql+asyncpg://u:p%40@h:5432/postgres?ssl=require".to_owned()));
        let query = Parameters([("sslmode".to_owned(), "verify-full".into())].into());
        let expected = SecretData::Known("postgresql+asyncpg://u:p%40@h:5432/postgres?ssl=verify-full".to_owned());
        assert!(uri(&Connection { query, ..connection }) == expected);
    }

    #[test]
    fn parameters_are_encoded_and_come_last() {
        let query = [("sslrootcert", "/a b"), ("options", "-c x=1&y")].map(|(name, value)| (name.to_owned(), value.into()));
        let connection = Connection { sslmode: "verify-full".into(), query: Parameters(query.into()), ..connection("u", "p", "h") };
        assert!(text(&connection).ends_with("/postgres?sslmode=verify-full&sslrootcert=%2Fa%20b&options=-c%20x%3D1%26y"));
        let query = Parameters([("sslmode".to_owned(), "require".into())].into());
        assert!(text(&Connection { query, ..connection }).ends_with("/postgres?sslmode=require"));
    }

    #[test]
    fn the_articles_numbers_give_the_articles_example() {
        let connection = connection("lena@airflowazuredb", "Password1!", "airflowazuredb.postgres.database.azure.com");
        assert_eq!(
            uri(Reader::Sqlalchemy, &connection).unwrap().written(),
            "cG9zdGdyZXNxbCtwc3ljb3BnMjovL2xlbmElNDBhaXJmbG93YXp1cmVkYjpQYXNzd29yZDEhQGFpcmZsb3dhenVyZWRiLnBvc3RncmVzLmRhdGFiYXNlLmF6dXJlLmNvbTo1NDMyL3Bvc3RncmVz"
        );
    }

    #[test]
    fn everything_but_unreserved_characters_and_the_exclamation_mark_is_encoded() {
        assert_eq!(
            text(&connection("a b", "p@ss:w/o?r#d[1] +%!$HOME~\"é", "h")),
            "postgresql+psycopg2://a%20b:p%40ss%3Aw%2Fo%3Fr%23d%5B1%5D%20%2B%25!%24HOME~%22%C3%A9@h:5432/postgres"
        );
    }

    #[test]
    fn hosts_stand_in_the_uri_as_they_have_to() {
        for (host, expected) in
            [("::1", "[::1]"), ("[2001:DB8::1]", "[2001:DB8::1]"), ("10.0.0.1", "10.0.0.1"), ("Db.Example.com", "Db.Example.com")]
        {
            assert_eq!(text(&connection("u", "p", host)), format!("postgresql+psycopg2://u:p@{expected}:5432/postgres"));
        }
        for wrong in ["1.2.3.4.5", "10.0.0.256", "1", "0x7f.1", "::g", "a..b:1"] {
            assert!(host(&connection("u", "p", wrong)).unwrap().is_err(), "{wrong}");
        }
        assert!(uri(Reader::Sqlalchemy, &Connection::default()).is_none());
    }
}
