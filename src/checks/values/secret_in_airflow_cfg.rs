//! An option of airflow.cfg is a secret.

use crate::checks::finding::Findings;
use crate::checks::option::CfgOption;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::{Edition, other_major};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "C103",
    name: "secret-in-airflow-cfg",
    level: Level::ErrorIn1_10,
    what: "An option of airflow.cfg is a secret.",
    why: "The option would stand in the config map, readable, and the containers get another value by their environment.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "config: {core: {fernet_key: secret}}\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "fernetKeySecretName: airflow-fernet-key\n"),
    },
    check: Check::Option(check),
};

fn check(option: &CfgOption<'_>, found: &mut Findings) {
    if let Some(key) = key(option.edition, option.section, option.name) {
        let elsewhere = other_major::without_effect(option.major).iter().find(|(other, _)| *other == key);
        let instead = elsewhere.map_or(key, |(_, instead)| instead);
        found
            .in_value(option.path(), format!("`{}` would stand in the config map, readable", option.key()), "a secret")
            .note("and the containers get another one by their environment")
            .help(format!("set `{instead}`"));
    }
}

/// The key of the values for an option that is a secret, whatever the version of Airflow.
pub(super) fn key(edition: Edition, section: &str, name: &str) -> Option<&'static str> {
    let secrets = &SECRETS[..if edition == Edition::V1_10 { 2 } else { SECRETS.len() }];
    let written = format!("[{section}] {name}");
    secrets.iter().find(|(name, _)| *name == written).map(|(_, key)| *key)
}

/// Options that are secrets, as Airflow's documentation writes them, and the keys of the values that set them. The first
/// two are Airflow 1.10's.
const SECRETS: [(&str, &str); 8] = [
    ("[core] fernet_key", "fernetKey"),
    ("[core] sql_alchemy_conn", "data.metadataConnection"),
    ("[database] sql_alchemy_conn", "data.metadataConnection"),
    ("[celery] broker_url", "data.brokerUrl"),
    ("[celery] result_backend", "data.resultBackendConnection"),
    ("[webserver] secret_key", "webserverSecretKey"),
    ("[api] secret_key", "apiSecretKey"),
    ("[api_auth] jwt_secret", "jwtSecret"),
];
