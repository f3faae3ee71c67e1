//! The parts of the connection make a URI.

use super::Finding;
use crate::model::connection;
use crate::values::Values;

const KEY: &str = "data.metadataConnection";

pub fn check(values: &Values, findings: &mut Vec<Finding>) {
    let keys = &values.data.metadata_connection;
    let existing = values.data.existing_secret();
    let host = connection::host(keys);
    if existing.is_some() && (host.is_some() || keys.open_placeholder().is_some()) {
        let title = format!("both `data.metadataSecretName` and `{KEY}` are given");
        let error = Finding::error("data.metadataSecretName", title, "the connection is to be taken from this Secret");
        findings.push(error.help("drop one of the two; `null` drops a key that another file sets"));
    }
    if let Some(Err(error)) = &host {
        let key = format!("{KEY}.host");
        findings.push(Finding::error(&key, format!("`{key}` is not a host"), "this value").note(error.as_str()));
    }
    if host.is_none() && keys.open_placeholder().is_none() && existing.is_none() && (keys.user.is_some() || keys.pass.is_some()) {
        let given = if keys.user.is_some() { "user" } else { "pass" };
        let error = Finding::error(format!("{KEY}.{given}"), format!("`{KEY}` has no `host`"), "given without a host");
        findings.push(error.help(format!("set `{KEY}.host` to the database server's name")));
    }
    if keys.pass.is_some() && keys.user.as_deref().is_none_or(str::is_empty) && host.is_some() {
        findings.push(Finding::error(format!("{KEY}.pass"), format!("`{KEY}` has a `pass` but no `user`"), "the password of nobody"));
    }
    let texts = [("user", keys.user.as_deref()), ("pass", keys.pass.as_deref())];
    for (name, _) in texts.into_iter().filter(|(_, text)| text.is_some_and(|text| text.ends_with('\n'))) {
        let key = format!("{KEY}.{name}");
        findings.push(
            Finding::error(&key, format!("`{key}` ends with a line break"), "this value").help("a block without one begins with `|-`"),
        );
    }
}
