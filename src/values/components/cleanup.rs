//! What cleans up on a schedule: pods of tasks that have ended, and old rows of the database.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::literal;
use crate::shell;
use crate::values::{Annotations, Component, Need, Schedule, TableName, Values, Workload};

/// What every CronJob has.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct CronJob {
    /// Whether it is there. Default: `false`.
    pub enabled: bool,
    /// When it runs, as cron says it, in the time zone of the cluster (Kubernetes: `schedule`). Default: `*/15 * * * *` for
    /// pods, `0 0 * * 0` for the database. `{{ add 3 (regexFind ".$" (adler32sum .Release.Name)) }}` is a minute between 3 and
    /// 12 that follows from the release's name.
    pub schedule: Schedule,
    /// How many failed Jobs are kept. Default: Kubernetes' 1.
    pub failed_jobs_history_limit: Option<u32>,
    /// How many successful Jobs are kept. Default: Kubernetes' 3 for pods, 1 for the database.
    pub successful_jobs_history_limit: Option<u32>,
    /// Seconds after which a finished Job is deleted. Default: never, the limits above aside.
    pub ttl_seconds_after_finished: Option<u32>,
    /// Annotations of the CronJob. Default: none.
    pub job_annotations: Annotations,
    /// Whether the container gets `env`, `secret`, `extraEnv` and `extraEnvFrom`. Default: `false` for pods, `true` for the
    /// database.
    pub apply_custom_env: bool,
    /// What every workload has.
    #[serde(flatten)]
    pub workload: Workload,
}

/// A CronJob that removes pods of tasks that have ended, where an executor makes pods.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct Cleanup(pub CronJob);

/// A CronJob that removes old rows from the metadata database.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct DatabaseCleanup {
    /// How long rows are kept, in days. Default: 90.
    #[schemars(range(min = 1))]
    pub retention_days: u32,
    /// Whether rows are deleted without being kept in another table. Default: `false`.
    pub skip_archive: bool,
    /// The tables that are cleaned, as `airflow db clean --help` lists them. Default: all.
    pub tables: Option<Vec<TableName>>,
    /// The maximum number of rows that are deleted at once, since Airflow 3.1. Default: no bound.
    pub batch_size: Option<u32>,
    /// Whether it logs more. Default: `true`.
    pub verbose: bool,
    /// What every CronJob has.
    #[serde(flatten)]
    pub cron_job: CronJob,
}

impl Cleanup {
    /// The beginning of the default command, which a namespace follows.
    const COMMAND: &'static str = "exec airflow kubernetes cleanup-pods --namespace=";

    /// The default command for pods of several namespaces: it fails when one of them fails.
    fn command(namespaces: &[&str]) -> String {
        let names: Vec<_> = namespaces.iter().copied().map(quoted).collect();
        let each = "airflow kubernetes cleanup-pods --namespace=\"$namespace\" || failed=1";
        format!("failed=0; for namespace in {}; do {each}; done; exit $failed", names.join(" "))
    }
}

/// A word of a shell's command, which the kubelet takes as it is.
fn quoted(text: &str) -> String {
    literal::of(shell::word(text)).into_owned()
}

impl Component for Cleanup {
    fn workload(&self) -> Option<&Workload> {
        Some(&self.0.workload)
    }

    fn cron_job(&self) -> Option<&CronJob> {
        Some(&self.0)
    }

    fn scheduled_args(&self, namespaces: &[&str]) -> Option<Vec<String>> {
        let several = |argument: &String| namespaces.len() > 1 && argument.strip_prefix(Self::COMMAND) == namespaces.first().copied();
        let args = self.0.workload.args.as_ref()?.iter();
        Some(args.map(|argument| if several(argument) { Self::command(namespaces) } else { argument.clone() }).collect())
    }

    fn name(&self) -> &'static str {
        "airflow-cleanup-pods"
    }

    fn object_name(&self) -> &'static str {
        "cleanup"
    }

    /// Without an executor that makes pods, Airflow may have no such command.
    fn enabled(&self, values: &Values) -> bool {
        self.0.enabled && values.executor.uses_kubernetes()
    }

    fn needs(&self) -> &'static [Need] {
        &[Need::Airflow, Need::RemovePods]
    }
}

impl DatabaseCleanup {
    /// What stands for the command that is made from the other keys.
    pub const DEFAULT_COMMAND: &'static str = "exec airflow db clean";

    fn command(&self) -> String {
        let Self { retention_days, skip_archive, tables, batch_size, verbose, .. } = self;
        let since = format!("CLEAN_TS=$(date -d \"-{retention_days} days\" +\"%Y-%m-%dT%H:%M:%S\")");
        let told = "echo \"Cleaning up metadata DB entries older than ${CLEAN_TS}\"";
        let tables: Vec<&str> = tables.iter().flatten().map(|table| &**table).collect();
        let options = [
            Some("--clean-before-timestamp \"${CLEAN_TS}\" --yes".to_owned()),
            skip_archive.then(|| "--skip-archive".to_owned()),
            verbose.then(|| "--verbose".to_owned()),
            batch_size.filter(|size| *size != 0).map(|size| format!("--batch-size {size}")),
            (!tables.is_empty()).then(|| format!("--tables {}", tables.join(","))),
        ];
        let options: Vec<String> = options.into_iter().flatten().collect();
        format!("{since}; {told}; {} {}", Self::DEFAULT_COMMAND, options.join(" "))
    }
}

impl Component for DatabaseCleanup {
    fn workload(&self) -> Option<&Workload> {
        Some(&self.cron_job.workload)
    }

    fn cron_job(&self) -> Option<&CronJob> {
        Some(&self.cron_job)
    }

    fn scheduled_args(&self, _: &[&str]) -> Option<Vec<String>> {
        let args = self.cron_job.workload.args.as_ref()?.iter();
        Some(args.map(|argument| if argument == Self::DEFAULT_COMMAND { self.command() } else { argument.clone() }).collect())
    }

    fn name(&self) -> &'static str {
        "database-cleanup"
    }

    /// Without a command there is nothing to run.
    fn enabled(&self, _: &Values) -> bool {
        let Workload { command, args, .. } = &self.cron_job.workload;
        self.cron_job.enabled && [command, args].into_iter().flatten().any(|words| !words.is_empty())
    }

    fn needs(&self) -> &'static [Need] {
        &[Need::Airflow]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleanup(args: &[&str]) -> Cleanup {
        let args = Some(args.iter().map(|argument| (*argument).to_owned()).collect());
        Cleanup(CronJob { workload: Workload { args, ..Workload::default() }, ..CronJob::default() })
    }

    #[test]
    fn pods_of_all_namespaces_are_removed_where_the_command_is_the_default() {
        let default = cleanup(&["bash", "-c", "exec airflow kubernetes cleanup-pods --namespace=airflow"]);
        assert_eq!(default.scheduled_args(&["airflow"]), default.0.workload.args);
        assert_eq!(
            default.scheduled_args(&["airflow", "a b"]).unwrap()[2],
            "failed=0; for namespace in airflow 'a b'; do airflow kubernetes cleanup-pods --namespace=\"$namespace\" || failed=1; done; \
             exit $failed"
        );
        let own = cleanup(&["airflow", "kubernetes", "cleanup-pods", "--namespace=airflow"]);
        assert_eq!(own.scheduled_args(&["airflow", "jobs"]), own.0.workload.args);
    }

    #[test]
    fn the_database_is_cleaned_as_the_keys_say() {
        let tables = Some(["xcom", "log"].map(TableName::from).to_vec());
        let with =
            |batch_size| DatabaseCleanup { retention_days: 7, tables: tables.clone(), batch_size, ..DatabaseCleanup::default() }.command();
        assert!(with(Some(0)).starts_with("CLEAN_TS=$(date -d \"-7 days\"") && with(None).ends_with(" --yes --tables xcom,log"));
        assert!(with(Some(9)).ends_with(" --yes --batch-size 9 --tables xcom,log"));
    }
}
