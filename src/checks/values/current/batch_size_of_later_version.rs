//! Rows are to be deleted in batches, which the version of Airflow does not do.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "O106",
    name: "batch-size-of-later-version",
    level: Level::ErrorUnlessForHelm,
    what: "Rows are to be deleted in batches, which the version of Airflow does not do.",
    why: "`airflow db clean` has `--batch-size` since 3.1; before, it ends at once.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 2.11.0\n", "databaseCleanup: {enabled: true, batchSize: 1000}\n"),
        instead: concat!("airflowVersion: 3.1.0\n", "databaseCleanup: {enabled: true, batchSize: 1000}\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let values = subject.values;
    let cleanup = &values.database_cleanup;
    let is_late = values.airflow_version.numbers() < (3, 1, 0);
    if cleanup.cron_job.enabled && is_late && cleanup.batch_size.is_some_and(|size| size != 0) {
        found
            .in_value(
                "databaseCleanup.batchSize",
                format!("Airflow {} does not delete rows in batches", values.airflow_version.as_str()),
                "`--batch-size` came with 3.1",
            )
            .help("drop it");
    }
}
