//! PgBouncer does not know who logs in to the database.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "D202",
    name: "pool-without-logins",
    level: Level::ErrorUnlessForHelm,
    what: "PgBouncer does not know who logs in to the database.",
    why: "Who connects to PgBouncer has to be in its `users.txt`, and it logs in to the database by what stands there.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "postgresql: {enabled: false}\n",
            "data: {metadataSecretName: airflow-database}\n",
            "pgbouncer: {enabled: true}\n"
        ),
        instead: concat!(
            "airflowVersion: 3.2.0\n",
            "postgresql: {enabled: false}\n",
            "data: {metadataConnection: {host: db.example.com, user: airflow, passSecretName: airflow-database}}\n",
            "pgbouncer: {enabled: true}\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let values = subject.values;
    if !values.pgbouncer.enabled || subject.known.pool_has_logins {
        return;
    }
    let data = &values.data;
    let (key, label) = if data.existing_secret().is_some() {
        ("data.metadataSecretName", "who logs in stands there alone")
    } else if data.metadata_connection.placeholder.is_some() {
        ("data.metadataConnection.placeholder", "a placeholder")
    } else if data.metadata_connection.pass.as_ref().is_some_and(|pass| pass.placeholder().is_some()) {
        ("data.metadataConnection.pass", "a placeholder")
    } else {
        ("pgbouncer.enabled", "asked for here")
    };
    found
        .in_value(key, "PgBouncer does not know who logs in to the database", label)
        .note("a URI in a Secret leads to where it says, which may be past PgBouncer")
        .help(
            "say `data.metadataConnection.host`, `.user` and `.db`, and `.pass` or, for a password in a Secret, `.passSecretName`; or name \
             Secrets with all that PgBouncer needs: `pgbouncer.configSecretName` and \
             `pgbouncer.metricsExporterSidecar.statsSecretName`",
        );
}
