//! Both the Cloud SQL Auth Proxy and the host of a database are given.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "D111",
    name: "proxy-and-host",
    level: Level::Error,
    what: "Both the Cloud SQL Auth Proxy and the host of a database are given.",
    why: "The pods would go to the host, and not to the proxy.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "postgresql: {enabled: false}\n",
            "data:\n",
            "  metadataConnection: {user: airflow, passSecretName: airflow-password, host: db.example.com}\n",
            "  cloudSqlProxy: {enabled: true, instance: \"project:region:database\"}\n"
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
    let data = &subject.values.data;
    let host = data.metadata_connection.host.as_ref();
    if data.cloud_sql_proxy.enabled && host.is_some_and(|host| !matches!(&**host, "" | "127.0.0.1" | "localhost")) {
        found
            .in_value(
                "data.metadataConnection.host",
                "both `data.cloudSqlProxy` and `data.metadataConnection.host` are given",
                "the pods would not talk to the proxy",
            )
            .help("drop the host to go through the proxy, or `data.cloudSqlProxy` to go to the database directly");
    }
}
