//! Workers at the edge sign with the shared secret, and there is a private key in its place.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "X113",
    name: "edge-without-secret",
    level: Level::Warning,
    what: "Workers at the edge sign with the shared secret, and there is a private key in its place.",
    why: "The provider `edge3` signs and checks its requests by `[api_auth] jwt_secret` alone; without it, or with a private key beside \
          it, a worker does not start.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "executor: airflow.providers.edge3.executors.EdgeExecutor\n",
            "jwtPrivateKey: {secretName: signing}\n"
        ),
        instead: concat!(
            "airflowVersion: 3.2.0\n",
            "executor: airflow.providers.edge3.executors.EdgeExecutor\n",
            "jwtSecretName: airflow-jwt-secret\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let values = subject.values;
    if values.executor.uses_edge() && values.airflow_version.major() >= 3 && values.keys.jwt_private_key.is_some() {
        found
            .in_value("jwtPrivateKey", "the workers of the `EdgeExecutor` cannot sign with a private key", "no shared secret")
            .help("set `jwtSecretName` in its place");
    }
}
