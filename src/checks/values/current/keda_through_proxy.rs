//! KEDA scales by a database that is behind the Cloud SQL Auth Proxy.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "D110",
    name: "keda-through-proxy",
    level: Level::Error,
    what: "KEDA scales by a database that is behind the Cloud SQL Auth Proxy.",
    why: "KEDA asks the database itself how many pods are needed, and the proxy of each pod is its own.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "postgresql: {enabled: false}\n",
            "data:\n",
            "  metadataConnection: {user: airflow, passSecretName: airflow-password}\n",
            "  cloudSqlProxy: {enabled: true, instance: \"project:region:database\"}\n",
            "triggerer: {keda: {enabled: true}}\n"
        ),
        instead: concat!(
            "airflowVersion: 3.2.0\n",
            "postgresql: {enabled: false}\n",
            "data:\n",
            "  metadataConnection: {user: airflow, passSecretName: airflow-password}\n",
            "  cloudSqlProxy: {enabled: true, instance: \"project:region:database\"}\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    if subject.values.data.cloud_sql_proxy.enabled && subject.known.keda.asks_itself {
        found
            .in_value("data.cloudSqlProxy.enabled", "KEDA cannot go through the Cloud SQL Auth Proxy", "the proxy of each pod is its own")
            .note("KEDA asks the database itself how many pods are needed")
            .help("switch off the autoscaler (`keda.enabled`), or go to the database's private address without the proxy");
    }
}
