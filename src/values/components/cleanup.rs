//! What removes what is old, by the clock: pods of tasks that have ended, and rows of the database.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{Job, Line};

/// A CronJob that removes what is old.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Cleanup {
    /// When it runs, as in a crontab.
    pub schedule: Line,
    /// How many failed Jobs are kept.
    pub failed_jobs_history_limit: Option<u32>,
    /// How many Jobs that succeeded are kept.
    pub successful_jobs_history_limit: Option<u32>,
    /// What every Job has.
    #[serde(flatten)]
    pub job: Job,
}

impl Cleanup {
    /// Whether it is asked for.
    #[must_use]
    pub fn is_asked_for(&self) -> bool {
        self.job.enabled
    }
}

/// A CronJob that removes old rows from the database.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct DatabaseCleanup {
    /// Days that rows are kept.
    #[schemars(range(min = 1))]
    pub retention_days: u32,
    /// Whether rows go without an archive.
    pub skip_archive: bool,
    /// The tables. Default: all.
    pub tables: Option<Vec<Line>>,
    /// The most rows that go at once.
    pub batch_size: Option<u32>,
    /// Whether it logs more.
    pub verbose: bool,
    /// What every such CronJob has.
    #[serde(flatten)]
    pub cleanup: Cleanup,
}

impl DatabaseCleanup {
    /// Whether it is asked for.
    #[must_use]
    pub fn is_asked_for(&self) -> bool {
        self.cleanup.is_asked_for()
    }
}
