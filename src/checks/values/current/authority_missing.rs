//! The server's certificate is checked against authorities that are not there.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::{Heard, Options};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "D114",
    name: "authority-missing",
    level: Level::Warning,
    what: "The server's certificate is checked against authorities that are not there.",
    why: "libpq takes them from `~/.postgresql/root.crt` unless it is told another file, and without the file it does not connect.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "postgresql: {enabled: false}\n",
            "data: {metadataConnection: {host: database.example.com, passSecretName: airflow-database, sslmode: verify-full}}\n"
        ),
        instead: concat!(
            "airflowVersion: 3.2.0\n",
            "postgresql: {enabled: false}\n",
            "data: {metadataConnection: {host: database.example.com, passSecretName: airflow-database, sslmode: verify-full}}\n",
            "env: [{name: PGSSLROOTCERT, value: /etc/ssl/certs/ca-certificates.crt}]\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let values = subject.values;
    for (key, connection) in crate::checks::values::connections(values) {
        let Some(mode) = connection.verifies() else { continue };
        let file = connection.query.0.iter().any(|(name, _)| name == "sslrootcert");
        if !file && Options::of(values).variable_for_sure("PGSSLROOTCERT") == Heard::Nothing {
            found
                .in_value(format!("{key}.sslmode"), format!("`{mode}` checks the server's certificate, and no authorities are given"), "needs them")
                .note("libpq looks for them in `~/.postgresql/root.crt`, which Airflow's image does not have")
                .help("set the variable `PGSSLROOTCERT` in `env`, which asynchronous sessions read too: to `/etc/ssl/certs/ca-certificates.crt`, or to a file that you mount");
        }
    }
}
