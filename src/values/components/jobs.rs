//! Jobs, which run once: what all have, the migration of the database, and the first user.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{
    Annotations, Component, DnsSubdomain, JobStep, Line, Need, Optional, OwnSecret, SecretForm, SecretGroup, SecretValue, Values, Workload,
};

/// The keys that every Job has.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Job {
    /// Whether it runs. Default: `true`.
    pub enabled: bool,
    /// Seconds after which the finished Job is deleted. Default: 300.
    pub ttl_seconds_after_finished: Option<u32>,
    /// Annotations of the Job. Default: none.
    pub job_annotations: Annotations,
    /// How a failed pod is retried (Kubernetes: `restartPolicy`). Default: `OnFailure`.
    pub restart_policy: JobRestartPolicy,
    /// With `delivery: helm`: whether Helm runs it as a hook. Default: `true`.
    pub use_helm_hooks: bool,
    /// Whether the container gets `env`, `secret` and `extraEnv`. Default: `true`.
    pub apply_custom_env: bool,
    /// What every workload has.
    #[serde(flatten)]
    pub workload: Workload,
}

/// How a failed pod of a Job is retried (Kubernetes: `restartPolicy`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub enum JobRestartPolicy {
    /// The containers are restarted in the same pod.
    #[default]
    OnFailure,
    /// The Job creates a new pod.
    Never,
}

/// The Job that migrates the database to the version of Airflow.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct MigrateDatabaseJob(pub Job);

/// The Job that creates the first user.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct CreateUserJob {
    /// The first user.
    pub default_user: User,
    /// The keys that every Job has.
    #[serde(flatten)]
    pub job: Job,
}

/// A user of Airflow.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct User {
    /// Whether the user is created; only for the deprecated `webserver.defaultUser`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// The user's role. Default: `Admin`.
    pub role: Line,
    /// The name to log in with. Default: `admin`.
    pub username: Line,
    /// The email address. Default: `admin@example.com`.
    pub email: Line,
    /// The first name. Default: `admin`.
    pub first_name: Line,
    /// The last name. Default: `user`.
    pub last_name: Line,
    /// The password. With `null` it is in a Secret that must exist; `gen secrets` makes it. Default: `admin`.
    pub password: Option<SecretValue>,
    /// The name of an existing Secret that holds the password under the key `password`, instead of `password`. The chart
    /// does not have this key.
    #[schemars(extend("writeOnly" = true))]
    pub password_secret_name: Optional<DnsSubdomain>,
}

/// Stands for the first user's password in the arguments of the Job that creates the user. The password itself is in a
/// Secret; Kubernetes replaces this text with it.
pub const USER_PASSWORD: &str = "$(CREATE_USER_PASSWORD)";
/// The variable that [`USER_PASSWORD`] names.
const USER_PASSWORD_VARIABLE: &str = "CREATE_USER_PASSWORD";

impl Values {
    /// The first user: the deprecated `webserver.defaultUser`, if it is given.
    #[must_use]
    pub fn first_user(&self) -> &User {
        self.webserver.default_user.as_ref().unwrap_or(&self.create_user_job.default_user)
    }
}

impl Component for MigrateDatabaseJob {
    fn workload(&self) -> Option<&Workload> {
        Some(&self.0.workload)
    }

    fn job(&self) -> Option<(&Job, JobStep)> {
        Some((&self.0, JobStep::Migration))
    }

    fn name(&self) -> &'static str {
        "run-airflow-migrations"
    }

    fn account_name(&self) -> &'static str {
        "migrate-database-job"
    }

    fn enabled(&self, _: &Values) -> bool {
        self.0.enabled
    }

    fn needs(&self) -> &'static [Need] {
        &[Need::Airflow]
    }
}

impl CreateUserJob {
    /// Whether the Job takes the first user's password from a Secret: its arguments name the variable.
    #[must_use]
    pub fn reads_password(&self, values: &Values) -> bool {
        let arguments = [&self.job.workload.command, &self.job.workload.args].into_iter().flatten().flatten();
        self.enabled(values) && arguments.into_iter().any(|argument| argument.contains(USER_PASSWORD))
    }
}

impl Component for CreateUserJob {
    fn workload(&self) -> Option<&Workload> {
        Some(&self.job.workload)
    }

    fn job(&self) -> Option<(&Job, JobStep)> {
        Some((&self.job, JobStep::FirstUser))
    }

    fn secrets<'v>(&'v self, values: &'v Values) -> Vec<OwnSecret<'v>> {
        let (user, is_read) = (values.first_user(), self.reads_password(values));
        vec![OwnSecret {
            id: "password",
            values_key: "createUserJob.defaultUser.password",
            object_name: "create-user",
            key: "password",
            form: SecretForm::Data,
            value: user.password.as_ref().filter(|_| is_read),
            existing: user.password_secret_name.as_ref(),
            is_wanted: is_read,
            any_will_do: true,
            variable: Some(USER_PASSWORD_VARIABLE),
            checksum: None,
            is_made_once: false,
            annotations: Annotations::default(),
            group: SecretGroup::Keys,
        }]
    }

    fn name(&self) -> &'static str {
        "create-user-job"
    }

    fn object_name(&self) -> &'static str {
        "create-user"
    }

    fn account_name(&self) -> &'static str {
        "create-user-job"
    }

    fn enabled(&self, values: &Values) -> bool {
        let deprecated = values.webserver.default_user.as_ref().and_then(|user| user.enabled);
        deprecated.unwrap_or(self.job.enabled)
    }

    fn needs(&self) -> &'static [Need] {
        &[Need::Airflow]
    }
}
