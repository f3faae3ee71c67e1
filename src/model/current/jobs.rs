//! The Jobs: the migration of the database, and the first user.

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::{Basis, containers, env, extras};
use crate::values::{Component as _, Delivery, Job, USER_PASSWORD, Values, WaitForMigrations};

/// The variable that [`USER_PASSWORD`] stands for.
const PASSWORD: &str = "CREATE_USER_PASSWORD";

/// What the templates of the migration see besides what every component's see.
pub fn migration(basis: &Basis<'_>) -> Value {
    // What it says of its progress is seen at once.
    let unbuffered = json!({"name": "PYTHONUNBUFFERED", "value": "1"});
    of(basis, &basis.values.migrate_database_job.0, &[unbuffered], 1)
}

/// What the templates of the first user see besides what every component's see.
pub fn first_user(basis: &Basis<'_>) -> Value {
    let password = reads_password(basis.values).then(|| env::from(PASSWORD, &basis.secrets.user_password));
    let mut facts = of(basis, &basis.values.create_user_job.job, &password.into_iter().collect::<Vec<_>>(), 2);
    // Helm and Argo CD run one Job after the other.
    let ordered = matches!(basis.values.delivery, Delivery::Helm | Delivery::Argocd);
    let wait = WaitForMigrations { enabled: Some(!ordered && basis.values.migrate_database_job.0.enabled), ..WaitForMigrations::default() };
    facts["waits"] = json!(containers::wait_for_migrations(basis, &wait));
    facts
}

/// Whether the Job of the first user takes the password from a Secret: its arguments name the variable.
pub fn reads_password(values: &Values) -> bool {
    let keys = &values.create_user_job;
    let workload = &keys.job.workload;
    let arguments = [&workload.command, &workload.args].into_iter().flatten().flatten();
    keys.enabled(values) && arguments.into_iter().any(|argument| argument.contains(USER_PASSWORD))
}

fn of(basis: &Basis<'_>, job: &Job, first: &[Value], place: u8) -> Value {
    let values = basis.values;
    let custom = if job.apply_custom_env { env::custom(basis) } else { Vec::new() };
    let mut annotations = values.airflow_pod_annotations.0.clone();
    // The keys of Jobs: `annotations` are the pod's, `jobAnnotations` the Job's.
    annotations.extend(job.workload.annotations.0.clone());
    annotations.extend(job.workload.pod_annotations.0.clone());
    json!({
        "env": env::joined([first, &custom, &env::standard(basis, false), &env::own(&job.workload.env)]),
        "envFrom": if job.apply_custom_env { extras::env_from(values) } else { json!([]) },
        "podAnnotations": annotations,
        "hooks": hooks(basis, job, place),
    })
}

/// With which Helm and Argo CD run a Job anew each time, and in order; and the user's own annotations.
fn hooks(basis: &Basis<'_>, job: &Job, place: u8) -> IndexMap<String, String> {
    let weight = place.to_string();
    // The migration comes before what waits for it, the first user after that.
    let wave = if place == 1 { "-1" } else { "1" };
    let hooks = match basis.values.delivery {
        Delivery::Helm if job.use_helm_hooks => vec![
            ("helm.sh/hook", "post-install,post-upgrade"),
            ("helm.sh/hook-delete-policy", "before-hook-creation,hook-succeeded"),
            ("helm.sh/hook-weight", weight.as_str()),
        ],
        Delivery::Argocd => vec![
            ("argocd.argoproj.io/hook", "Sync"),
            ("argocd.argoproj.io/hook-delete-policy", "BeforeHookCreation"),
            ("argocd.argoproj.io/sync-wave", wave),
        ],
        _ => Vec::new(),
    };
    hooks.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).chain(job.job_annotations.0.clone()).collect()
}
