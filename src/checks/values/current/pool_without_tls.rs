//! A connection to PgBouncer demands TLS, which PgBouncer does not speak with its clients.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::checks::values::connections;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "D203",
    name: "pool-without-tls",
    level: Level::ErrorUnlessForHelm,
    what: "A connection to PgBouncer demands TLS, which PgBouncer does not speak with its clients.",
    why: "PgBouncer has no certificate to show unless it is given one; libpq then says that the server does not support SSL.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "postgresql: {enabled: false}\n",
            "data: {metadataConnection: {host: db.example.com, user: airflow, pass: secret, sslmode: require}}\n",
            "pgbouncer: {enabled: true}\n"
        ),
        instead: concat!(
            "airflowVersion: 3.2.0\n",
            "postgresql: {enabled: false}\n",
            "data: {metadataConnection: {host: db.example.com, user: airflow, pass: secret}}\n",
            "pgbouncer: {enabled: true, sslmode: require}\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let values = subject.values;
    let keys = &values.pgbouncer;
    let speaks = keys.config_secret_name.is_some() || keys.extra_ini.as_ref().is_some_and(|ini| ini.contains("client_tls_sslmode"));
    if !keys.enabled || speaks {
        return;
    }
    let data = &values.data;
    let is_read = |key: &str| match key {
        "data.metadataConnection" => data.metadata_secret_name.is_none(),
        _ => data.result_backend_secret_name.is_none() && values.executor.uses_celery(),
    };
    let of_airflow = connections(values).filter(|(key, _)| is_read(key)).map(|(key, connection)| (key, connection.mode()));
    let exporter = ("pgbouncer.metricsExporterSidecar", keys.metrics_exporter_sidecar.sslmode.as_deref());
    for (key, mode) in of_airflow.chain([exporter]) {
        let Some(mode) = mode.filter(|mode| matches!(*mode, "require" | "verify-ca" | "verify-full")) else { continue };
        found
            .in_value(format!("{key}.sslmode"), format!("`{mode}` demands TLS of PgBouncer, which does not speak it"), "the connection to PgBouncer")
            .note("how PgBouncer connects to the database, `pgbouncer.sslmode` says")
            .help(format!("set `{key}.sslmode: disable`, and `pgbouncer.sslmode: {mode}`; or let PgBouncer speak TLS, by `client_tls_sslmode` and its like in `pgbouncer.extraIni`"));
    }
}
