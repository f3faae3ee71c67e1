//! PgBouncer checks the database's certificate against authorities that are not there.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "D205",
    name: "pool-without-authorities",
    level: Level::Warning,
    what: "PgBouncer checks the database's certificate against authorities that are not there.",
    why: "Without the file nobody gets through to the database.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "postgresql: {enabled: false}\n",
            "data: {metadataConnection: {host: db.example.com, user: airflow, pass: secret}}\n",
            "pgbouncer: {enabled: true, sslmode: verify-full}\n"
        ),
        instead: concat!(
            "airflowVersion: 3.2.0\n",
            "postgresql: {enabled: false}\n",
            "data: {metadataConnection: {host: db.example.com, user: airflow, pass: secret}}\n",
            "pgbouncer: {enabled: true, sslmode: verify-full, ssl: {ca: certificate}}\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let keys = &subject.values.pgbouncer;
    let Some(mode) = keys.sslmode.as_deref().filter(|mode| mode.starts_with("verify-")) else { return };
    let is_said = keys.config_secret_name.is_some() || keys.extra_ini.as_ref().is_some_and(|ini| ini.contains("server_tls_ca_file"));
    if keys.enabled && !is_said && keys.ssl.files().iter().all(|(_, option, _)| *option != "server_tls_ca_file") {
        found
            .in_value(
                "pgbouncer.sslmode",
                format!("`{mode}` checks the database's certificate, and no authorities are given"),
                "needs them",
            )
            .help("give them in `pgbouncer.ssl.ca`, or name a file that you mount by `server_tls_ca_file` in `pgbouncer.extraIni`");
    }
}
