//! KEDA asks the database by a variable that the pods do not have.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::Delivery;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "D112",
    name: "keda-without-connection",
    level: Level::Error,
    what: "KEDA asks the database by a variable that the pods do not have.",
    why: "KEDA takes the address of the database from the environment of the pods that it scales.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "triggerer: {keda: {enabled: true}}\n",
            "enableBuiltInSecretEnvVars: {AIRFLOW_CONN_AIRFLOW_DB: false}\n"
        ),
        instead: concat!("airflowVersion: 3.2.0\n", "triggerer: {keda: {enabled: true}}\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let values = subject.values;
    let by_password = values.data.metadata_connection.pass_secret_name.is_some();
    let has_variable = values.enable_built_in_secret_env_vars.airflow_db;
    if subject.known.keda.asks_as_airflow && !has_variable && !by_password && values.delivery != Delivery::Helm {
        found
            .in_value(
                "enableBuiltInSecretEnvVars.AIRFLOW_CONN_AIRFLOW_DB",
                "KEDA asks the database by `AIRFLOW_CONN_AIRFLOW_DB`, which the pods do not have",
                "switched off",
            )
            .help("leave it on, or switch off the autoscaler (`keda.enabled`)");
    }
}
