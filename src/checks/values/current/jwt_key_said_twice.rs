//! What signs tokens is said twice.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::Said;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "K104",
    name: "jwt-key-said-twice",
    level: Level::Error,
    what: "What signs tokens is said twice.",
    why: "Airflow signs with the private key if there is one, and trusts the keys of one place.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "jwtSecretName: tokens\n", "jwtPrivateKey: {secretName: signing-key}\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "jwtPrivateKey: {secretName: signing-key}\n"),
    },
    check: Check::Values(check),
};

/// The options that the key says, or takes the place of.
const OPTIONS: [&str; 5] = ["jwt_private_key_path", "jwt_algorithm", "jwt_kid", "trusted_jwks_url", "jwt_secret"];

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let values = subject.values;
    let Some(private_key) = &values.keys.jwt_private_key else { return };
    let secret = values.keys.jwt_secret.as_ref().filter(|secret| !secret.is_empty()).map(|_| "jwtSecret");
    let name = values.keys.jwt_secret_name.as_ref().map(|_| "jwtSecretName");
    for key in secret.into_iter().chain(name) {
        found.in_value(key, format!("both `{key}` and `jwtPrivateKey` are given"), "Airflow signs with one of them").drop_one();
    }
    if private_key.trusted_jwks_url.is_some() && private_key.trusted_jwks_secret_key.is_some() {
        let title = "`jwtPrivateKey` has both `trustedJwksUrl` and `trustedJwksSecretKey`";
        found.in_value("jwtPrivateKey.trustedJwksSecretKey", title, "Airflow trusts the keys of one place").drop_one();
    }
    for said in Said::all(values).into_iter().filter(|said| said.section == "api_auth" && OPTIONS.contains(&&*said.name)) {
        let title = format!("both `{}` and `jwtPrivateKey` say what signs tokens", said.at);
        found.in_value(said.at, title, "said here too").drop_one();
    }
}
