//! A secret of Airflow stands in airflow.cfg.

use serde_json::Value;

use crate::checks::finding::Findings;
use crate::checks::option::CfgOption;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::checks::values::secret_in_airflow_cfg;
use crate::schema::{Airflow, says_secret};
use crate::values::Said;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "C112",
    name: "option-in-the-open",
    level: Level::Warning,
    what: "A secret of Airflow stands in airflow.cfg.",
    why: "That is a config map: whoever may look at the namespace, or at what is committed, reads it.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "config: {sentry: {sentry_dsn: \"https://key@example.com/1\"}}\n"),
        instead: concat!(
            "airflowVersion: 3.2.0\n",
            "secret: [{envName: AIRFLOW__SENTRY__SENTRY_DSN, secretName: sentry, secretKey: dsn}]\n"
        ),
    },
    check: Check::Option(check),
};

fn check(option: &CfgOption<'_>, found: &mut Findings) {
    let is_said = option.text().is_some_and(|text| !text.is_empty() && !is_open(text));
    // Those have keys of their own, and a rule that names them.
    let has_key = secret_in_airflow_cfg::key(option.edition, option.section, option.name).is_some();
    if is_said && !has_key && Airflow::is_secret(option.section, option.name) {
        let variable = Said::variable_of(option.section, option.name);
        found.in_value(option.path(), format!("`{}` would stand in the config map, readable", option.key()), "a secret").help(format!(
            "take the variable `{variable}` from a Secret: `secret: [{{envName: {variable}, secretName: ..., secretKey: ...}}]`"
        ));
    }
}

/// Whether a text is a map in JSON, such as the arguments of a secrets backend, in which nothing is a secret by its name or has a
/// password in an address.
fn is_open(text: &str) -> bool {
    serde_json::from_str::<Value>(text).is_ok_and(|value| value.is_object() && !has_secret(&value))
}

fn has_secret(value: &Value) -> bool {
    match value {
        Value::Object(entries) => entries.iter().any(|(key, value)| is_of_secret(key) && says_something(value) || has_secret(value)),
        Value::Array(items) => items.iter().any(has_secret),
        Value::String(text) => text.split_once("://").is_some_and(|(_, rest)| rest.split('/').next().unwrap_or_default().contains('@')),
        _ => false,
    }
}

/// Whether the name of an argument is that of a secret, and not of where one is.
fn is_of_secret(name: &str) -> bool {
    const OF_PLACES: [&str; 8] = ["_path", "_file", "_prefix", "_pattern", "_name", "_url", "_version", "_type"];
    // The key of an account of Google's, as a map.
    let is_key = name.contains("keyfile") || name.contains("private_key");
    (says_secret(name) || is_key) && !OF_PLACES.iter().any(|end| name.ends_with(end))
}

fn says_something(value: &Value) -> bool {
    !matches!(value, Value::Null | Value::Bool(_)) && value.as_str() != Some("")
}

#[cfg(test)]
mod tests {
    use super::is_open;

    #[test]
    fn arguments_of_backends_are_secrets_by_their_names() {
        for (text, expected) in [
            (r#"{"connections_prefix": "airflow/connections", "project_id": "p", "profile_name": null}"#, true),
            (r#"{"vault_url": "https://v.example.com", "auth_type": "approle", "role_id": "r", "token_path": "/t"}"#, true),
            (r#"{"url": "https://v.example.com", "auth_type": "token", "token": "t"}"#, false),
            (r#"{"role_id": "r", "secret_id": "s"}"#, false),
            (r#"{"gcp_key_path": "/key", "gcp_keyfile_dict": {"a": "b"}}"#, false),
            (r#"{"gcp_keyfile_dict": null, "gcp_credential_config_file": "/a"}"#, true),
            (r#"{"a": {"client_secret": "c"}}"#, false),
            (r#"{"url": "https://user:pass@example.com/a@b"}"#, false),
            (r#"{"url": "https://example.com/a@b"}"#, true),
            ("hunter2", false),
            ("[]", false),
            ("{", false),
        ] {
            assert_eq!(is_open(text), expected, "{text}");
        }
    }
}
