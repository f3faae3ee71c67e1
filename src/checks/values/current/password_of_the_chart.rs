//! A database of the user's own is named, and no password.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "D113",
    name: "password-of-the-chart",
    level: Level::Warning,
    what: "A database of the user's own is named, and no password.",
    why: "The chart's default is taken, which is hardly the password of that database.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "postgresql: {enabled: false}\n",
            "data: {metadataConnection: {host: db.example.com, user: airflow}}\n"
        ),
        instead: concat!(
            "airflowVersion: 3.2.0\n",
            "postgresql: {enabled: false}\n",
            "data:\n",
            "  metadataConnection: {host: db.example.com, user: airflow, passSecretName: airflow-password}\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    const KEY: &str = "data.metadataConnection";
    let data = &subject.values.data;
    let has_host = data.metadata_connection.host.is_some();
    let is_said = |key: &str| subject.given.at(&["data", "metadataConnection", key]).is_some();
    let store = subject.values.secrets.external_secrets.as_ref();
    let is_asked = store.is_some_and(|store| store.keys.keys().any(|key| key.starts_with(KEY)));
    if has_host && !(data.existing_secret().is_some() || is_said("pass") || is_said("passSecretName") || is_asked) {
        found
            .in_value(format!("{KEY}.host"), format!("`{KEY}.pass` is not given"), "a database of your own")
            .note("the chart's default is taken: `postgres`")
            .help(format!("set `{KEY}.pass` or `{KEY}.passSecretName`; `pass: null` for a user without a password"));
    }
}
