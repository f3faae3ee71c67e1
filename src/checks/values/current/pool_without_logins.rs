//! PgBouncer does not know who logs in to the database.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "D202",
    name: "pool-without-logins",
    level: Level::Warning,
    what: "PgBouncer does not know who logs in to the database.",
    why: "Who connects to PgBouncer has to be in its `users.txt`, and it logs in to the database by what stands there. A URI in a \
          Secret may lead past PgBouncer: all works then, and PgBouncer has nothing to do.",
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
    let data = &values.data;
    if !values.pgbouncer.enabled || subject.known.pool_has_logins && !takes_default(subject) {
        return;
    }
    let (key, label) = if data.existing_secret().is_some() && data.metadata_connection.host.is_some() {
        ("data.metadataSecretName", "the password stands there alone")
    } else if data.existing_secret().is_some() {
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

/// Whether it takes the password of the chart's defaults, since the one that counts stands in a Secret with the whole connection.
fn takes_default(subject: &Subject<'_>) -> bool {
    const KEY: &str = "data.metadataConnection";
    let values = subject.values;
    let (data, store) = (&values.data, values.secrets.external_secrets.as_ref());
    let is_said = ["pass", "passSecretName"].iter().any(|key| subject.given.at(&["data", "metadataConnection", key]).is_some())
        || store.is_some_and(|store| store.keys.keys().any(|key| key.starts_with(KEY)));
    data.existing_secret().is_some() && !is_said && !values.pgbouncer.names_secrets()
}
