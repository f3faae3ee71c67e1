//! What cleans up on a schedule: pods of finished tasks, and old rows of the database.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{Job, Line};

/// A CronJob that cleans up.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Cleanup {
    /// When it runs, in cron notation.
    pub schedule: Line,
    /// How many failed Jobs are kept.
    pub failed_jobs_history_limit: Option<u32>,
    /// How many successful Jobs are kept.
    pub successful_jobs_history_limit: Option<u32>,
    /// What every Job has.
    #[serde(flatten)]
    pub job: Job,
}

impl Cleanup {
    /// Whether the values ask for it.
    #[must_use]
    pub fn is_asked_for(&self) -> bool {
        self.job.enabled
    }
}

/// A CronJob that removes old rows from the database.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct DatabaseCleanup {
    /// How long rows are kept, in days.
    #[schemars(range(min = 1))]
    pub retention_days: u32,
    /// Whether rows are deleted without being archived.
    pub skip_archive: bool,
    /// The tables that are cleaned. Default: all.
    pub tables: Option<Vec<Line>>,
    /// The maximum number of rows that are deleted at once.
    pub batch_size: Option<u32>,
    /// Whether it logs more.
    pub verbose: bool,
    /// What every such CronJob has.
    #[serde(flatten)]
    pub cleanup: Cleanup,
}

impl DatabaseCleanup {
    /// Whether the values ask for it.
    #[must_use]
    pub fn is_asked_for(&self) -> bool {
        self.cleanup.is_asked_for()
    }
}
