//! What runs once: the migration of the database, and the first user.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{
    Annotations, Component, DnsSubdomain, JobStep, Line, Need, Optional, OwnSecret, PlaceholderForm, SecretGroup, SecretValue, Values,
    Workload,
};

/// What every Job has.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Job {
    /// Whether it runs. Default: `true`.
    pub enabled: bool,
    /// Seconds from its end until the Job is removed. Default: 300.
    pub ttl_seconds_after_finished: Option<u32>,
    /// Annotations of the Job. Default: none.
    pub job_annotations: Annotations,
    /// When a failed pod is started anew. Default: `OnFailure`.
    pub restart_policy: JobRestartPolicy,
    /// With `delivery: helm`: whether Helm runs it as a hook. Default: `true`.
    pub use_helm_hooks: bool,
    /// Whether the container gets `env`, `secret` and `extraEnv`. Default: `true`.
    pub apply_custom_env: bool,
    /// Where and with what the pod runs.
    #[serde(flatten)]
    pub workload: Workload,
}

/// When a failed pod of a Job is started anew (Kubernetes: `restartPolicy`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub enum JobRestartPolicy {
    /// The same pod tries again.
    #[default]
    OnFailure,
    /// Another pod tries again.
    Never,
}

/// The Job that brings the database to the version of Airflow.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct MigrateDatabaseJob(pub Job);

/// The Job that makes the first user.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct CreateUserJob {
    /// The first user.
    pub default_user: User,
    /// What every Job has.
    #[serde(flatten)]
    pub job: Job,
}

/// A user of Airflow.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct User {
    /// Whether the user is made; for the deprecated `webserver.defaultUser` alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// The user's role. Default: `Admin`.
    pub role: Line,
    /// The name to log in with. Default: `admin`.
    pub username: Line,
    /// The address. Default: `admin@example.com`.
    pub email: Line,
    /// The first name. Default: `admin`.
    pub first_name: Line,
    /// The last name. Default: `user`.
    pub last_name: Line,
    /// The password. Default: `admin`. With `null` it is in a Secret that has to exist; `gen secrets` makes it.
    pub password: Option<SecretValue>,
    /// The name of a Secret that exists and holds the password as `password`, in the place of `password`. The chart does
    /// not have this key.
    #[schemars(extend("writeOnly" = true))]
    pub password_secret_name: Optional<DnsSubdomain>,
}

/// What stands for the first user's password in the arguments of the Job that makes the user: the password itself is in a
/// Secret, and Kubernetes puts it in the place of this.
pub const USER_PASSWORD: &str = "$(CREATE_USER_PASSWORD)";

impl Values {
    /// The first user: by the deprecated `webserver.defaultUser`, if that is given.
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
            before: String::new(),
            value: user.password.as_ref().filter(|_| is_read),
            existing: user.password_secret_name.as_ref(),
            is_wanted: is_read,
            any_will_do: true,
            placeholder: PlaceholderForm::Data,
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
