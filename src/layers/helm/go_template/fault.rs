//! What cannot be resolved, and why.

use std::borrow::Cow;

use gotmpl::TemplateError;

use super::masked::{masked, without_strings};
use super::{NO_VALUE, functions};
use crate::schema::Path;
use crate::yaml::Origin;

/// Why a template of the chart is not known here.
pub const NO_COUNTERPART: &str = "the chart's own template of this name has no counterpart here";

/// The chart's own templates that have none: whole containers, files and commands, which follow from much else.
const OF_CHART: [&str; 26] = [
    "airflow.podLaunchingExecutor",
    "airflow.revisionHistoryLimit",
    "airflow.tplDict",
    "airflowPodSecurityContextsIds",
    "celery_executor_namespace",
    "cpu_count",
    "createUserJob.isEnabled",
    "custom_git_sync_environment_from",
    "dag_bundle_config_list",
    "dag_processor_liveness_check_command",
    "flower_image",
    "git_sync_container",
    "pgbouncer_config",
    "pgbouncer_stats_secret",
    "pgbouncer_users",
    "registry_docker_config",
    "removeNilFields",
    "scheduler_liveness_check_command",
    "scheduler_startup_check_command",
    "serviceAccountTokenVolume",
    "serviceAccountTokenVolumeMount",
    "serviceLinks",
    "triggerer.capacity",
    "triggerer_liveness_check_command",
    "wait-for-migrations-command",
    "workersMergeValues",
];

/// A Go template that cannot be resolved.
#[derive(Debug)]
pub struct Unresolved {
    /// The key whose value it is in, or which it is in itself.
    pub path: Path,
    /// Where the key is that it is in; none for a value.
    pub key: Option<Origin>,
    /// The expression as it is written, by which its place is found; none if all of the text is meant.
    pub written: Option<String>,
    /// The expression without what stands in its strings, which may hold a secret; none if all of it may.
    pub expression: Option<String>,
    /// Why it cannot be resolved.
    pub reason: Cow<'static, str>,
    /// What becomes of it.
    pub fate: Fate,
}

/// What becomes of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Nothing.
    Refused,
    /// It is resolved all the same: what is not there gives an empty text, as with Helm.
    Gap,
    /// It is resolved, to a key that another entry of the map has.
    Twice,
}

/// Why an expression of a text cannot be resolved, or the text as a whole.
pub(super) struct Fault<'t> {
    pub expression: Option<&'t str>,
    pub reason: Cow<'static, str>,
    pub fate: Fate,
}

impl<'t> Fault<'t> {
    pub fn of(expression: &'t str, reason: impl Into<Cow<'static, str>>) -> Self {
        Self { expression: Some(expression), reason: reason.into(), fate: Fate::Refused }
    }

    /// Of what is not there: it gives an empty text.
    pub fn gap(expression: Option<&'t str>) -> Self {
        Self { expression, reason: NO_VALUE.into(), fate: Fate::Gap }
    }
}

/// What is told of a fault; of a secret no more than can be no part of it.
pub(super) fn unresolved(path: Path, fault: &Fault<'_>, is_secret: bool) -> Unresolved {
    let shown = |expression: &str| if is_secret { masked(expression) } else { Some(without_strings(expression)) };
    Unresolved {
        path,
        key: None,
        written: fault.expression.filter(|_| !is_secret).map(str::to_owned),
        expression: fault.expression.and_then(shown),
        reason: fault.reason.clone(),
        fate: fault.fate,
    }
}

/// Why the engine does not resolve a template.
pub(super) fn reason(error: &TemplateError) -> Cow<'static, str> {
    match error {
        TemplateError::UndefinedFunction(name) => functions::refusal(name).into(),
        TemplateError::Parse { .. } | TemplateError::Lex { .. } => "Go does not take it for a template".into(),
        TemplateError::UndefinedTemplate(name) if OF_CHART.contains(&name.as_str()) => NO_COUNTERPART.into(),
        TemplateError::UndefinedTemplate(_) => "there is no template of this name, in the chart either".into(),
        TemplateError::RecursionLimit => "it leads to itself".into(),
        TemplateError::RangeIterLimit => "it goes through its loops too often".into(),
        // Who is asked for a part of what is not there says so in words of its own.
        TemplateError::Exec(message) if message.contains("nil") => NO_VALUE.into(),
        TemplateError::Exec(message) if message.starts_with(functions::OURS) => message[functions::OURS.len()..].to_owned().into(),
        _ => "it does not take what it is given".into(),
    }
}
