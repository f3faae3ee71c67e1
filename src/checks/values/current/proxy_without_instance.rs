//! The Cloud SQL Auth Proxy is asked for, and its instance is not named.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "D109",
    name: "proxy-without-instance",
    level: Level::Error,
    what: "The Cloud SQL Auth Proxy is asked for, and its instance is not named.",
    why: "The proxy goes to one database alone, the one that it is given.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "postgresql: {enabled: false}\n",
            "data:\n",
            "  metadataConnection: {user: airflow, passSecretName: airflow-password}\n",
            "  cloudSqlProxy: {enabled: true}\n"
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
    let proxy = &subject.values.data.cloud_sql_proxy;
    if proxy.enabled && proxy.instance.is_none() {
        found
            .in_value("data.cloudSqlProxy.enabled", "`data.cloudSqlProxy.instance` is missing", "the proxy is asked for here")
            .help("set it to `project:region:instance`, as `gcloud sql instances describe` shows it (`connectionName`)");
    }
}
