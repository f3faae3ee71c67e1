//! Keys that do not exist: which of them are mistakes, and which the chart takes and ignores.

use strsim::osa_distance;

use crate::error::Kind;
use crate::schema::{Path, Step};
use crate::values::Edition;
use crate::yaml::Node;

/// The maps in which the chart takes any key (chart 1.22.0, `values.schema.json`: no `additionalProperties: false`), but for
/// those that it hands on to Kubernetes as they are. `*` stands for one step, `**` for any number; lists have no step.
const OPEN: [&str; 17] = [
    "",
    "imagePullSecrets",
    "securityContexts",
    "rbac",
    "ingress",
    "ingress.*.hosts",
    "kerberos",
    "pgbouncer.ssl",
    "dags.gitSync.livenessProbe",
    "workers.celery",
    "workers.celery.sets.**",
    "workers.kubernetes",
    "postgresql.**",
    "**.securityContexts",
    "**.serviceAccount",
    "*.podDisruptionBudget",
    "workers.celery.podDisruptionBudget",
];

/// Keys that were in the values file of an older chart, and therefore in every copy of it.
const DEAD: [&str; 6] = [
    "_rpcServer",
    "ports._rpcServer",
    "kubeVersionOverride",
    "enableBuiltInSecretEnvVars.AIRFLOW__CORE__SQL_ALCHEMY_CONN",
    "enableBuiltInSecretEnvVars.AIRFLOW__CELERY__CELERY_RESULT_BACKEND",
    "enableBuiltInSecretEnvVars.AIRFLOW__ELASTICSEARCH__ELASTICSEARCH_HOST",
];

/// The same, if their value says nothing, as there.
const DEAD_IF_EMPTY: [&str; 2] = ["**.persistence.containerLifecycleHooks", "**.waitForMigrations.containerLifecycleHooks"];

/// How a key that does not exist is told, if it is no mistake. `nearest` is the real key beside it that looks most like it.
pub fn kind(edition: Edition, path: &Path, nearest: Option<&str>, value: &Node) -> Option<Kind> {
    if edition == Edition::V1_10 {
        // Its keys are gen's own: there is no chart that would ignore others.
        return None;
    }
    let steps: Vec<&str> = path.0.iter().filter_map(key).collect();
    let (last, parent) = steps.split_last()?;
    let is = |patterns: &[&str], steps: &[&str]| patterns.iter().any(|pattern| matches(&split(pattern), steps));
    if is(&DEAD, &steps) || is(&DEAD_IF_EMPTY, &steps) && value.says_nothing() {
        return Some(Kind::Dead);
    }
    if !is(&OPEN, parent) || nearest.is_some_and(|nearest| is_slip(last, nearest)) {
        return None;
    }
    Some(if ["postgresql", "global"].contains(&steps[0]) { Kind::OfPostgresql } else { Kind::Ignored })
}

/// Whether a key is most likely another one with a slip or two.
fn is_slip(key: &str, nearest: &str) -> bool {
    // Of short words two letters are half.
    let most = if key.chars().count() < 6 { 1 } else { 2 };
    osa_distance(&key.to_lowercase(), &nearest.to_lowercase()) <= most
}

fn key(step: &Step) -> Option<&str> {
    if let Step::Key(key) = step { Some(key) } else { None }
}

fn split(pattern: &str) -> Vec<&str> {
    pattern.split('.').filter(|step| !step.is_empty()).collect()
}

fn matches(pattern: &[&str], steps: &[&str]) -> bool {
    match (pattern, steps) {
        ([], []) => true,
        (["**", rest @ ..], _) => (0..=steps.len()).any(|skipped| matches(rest, &steps[skipped..])),
        (["*", rest @ ..], [_, below @ ..]) => matches(rest, below),
        ([first, rest @ ..], [step, below @ ..]) => first == step && matches(rest, below),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::Data;

    #[test]
    fn what_the_chart_ignores_is_told_and_what_it_refuses_is_wrong() {
        for (path, nearest, expected) in [
            ("applyCustomEnv", None, Some(Kind::Ignored)),
            ("exectuor", Some("executor"), None),
            ("worker", Some("workers"), None),
            ("scheduler.extraEnv", None, None),
            ("workers.celery.enabled", None, Some(Kind::Ignored)),
            ("workers.celery.sets[0].persistence.accessModes", None, Some(Kind::Ignored)),
            ("workers.persistence.accessModes", None, None),
            ("scheduler.serviceAccount.labels", None, Some(Kind::Ignored)),
            ("scheduler.podDisruptionBudget.config.foo", None, None),
            ("securityContexts.containre", Some("containers"), None),
            ("postgresql.primary", None, Some(Kind::OfPostgresql)),
            ("global", None, Some(Kind::OfPostgresql)),
            ("ports._rpcServer", None, Some(Kind::Dead)),
            ("workers.persistence.containerLifecycleHooks", None, Some(Kind::Dead)),
        ] {
            let nothing = Node::new(Data::Null);
            assert_eq!(kind(Edition::Current, &path.into(), nearest, &nothing), expected, "{path}");
            assert_eq!(kind(Edition::V1_10, &path.into(), nearest, &nothing), None, "{path}");
        }
    }
}
