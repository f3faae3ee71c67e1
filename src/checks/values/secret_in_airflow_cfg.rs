//! An option of airflow.cfg is a secret.

use crate::checks::finding::Findings;
use crate::checks::option::CfgOption;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::Edition;

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
    let secrets = &SECRETS[..if option.edition == Edition::V1_10 { 2 } else { SECRETS.len() }];
    let written = format!("[{}] {}", option.section, option.name);
    if let Some((_, instead)) = secrets.iter().find(|(name, _)| *name == written) {
        found
            .in_value(option.path(), format!("`{}` would stand in the config map, readable", option.key()), "a secret")
            .note("and the containers get another one by their environment")
            .help(format!("set `{instead}`"));
    }
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
