//! Celery's workers: the default ones, and sets that differ from them.

use serde::Serialize;

use crate::literal;
use crate::model::current::account::account_name;
use crate::model::current::basis::Basis;
use crate::model::current::kerberos::Containers;
use crate::model::current::pod::{Absent, Pod, Pods, Subject, kind};
use crate::model::current::storage::PodLogs;
use crate::model::external::External;
use crate::model::labels::SAFE_TO_EVICT;
use crate::model::variable::plain;
use crate::shell;
use crate::values::{Demand, Values, Worker, WorkerSet, Workers};

/// What templates see of a set of workers.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Set<'v> {
    #[serde(flatten)]
    pod: Pod<'v>,
    /// Whether KEDA decides how many of it run.
    by_keda: bool,
    /// Whether metrics decide how many of it run.
    by_metrics: bool,
}

/// Celery's workers, a set each, if there are any.
fn sets(values: &Values) -> &[WorkerSet] {
    if values.executor.uses_celery() { values.workers.sets() } else { &[] }
}

/// Whether Celery's workers exist.
pub fn exist(values: &Values) -> bool {
    !sets(values).is_empty()
}

/// The end of the names of a set's objects.
fn suffix(set: &WorkerSet) -> String {
    if *set.name == *Workers::DEFAULT_SET { String::new() } else { format!("-{}", &*set.name) }
}

/// What the templates of Celery's workers see, a set each.
pub fn seen<'v>(pods: &Pods<'_, 'v>, key: &str) -> Vec<Set<'v>> {
    sets(pods.basis.values).iter().map(|set| seen_set(pods, key, set)).collect()
}

fn seen_set<'v>(pods: &Pods<'_, 'v>, key: &str, set: &'v WorkerSet) -> Set<'v> {
    let basis = pods.basis;
    let (worker, suffix) = (&set.worker, suffix(set));
    let queues = worker.queue.as_deref().unwrap_or("default");
    let is_stateful = worker.persistence.enabled == Some(true);
    let groomer = &worker.log_groomer_sidecar;
    let mut pod = pods.of(
        key,
        &Subject {
            component: &basis.values.workers,
            own: worker,
            workload: &worker.workload,
            account: format!("worker{suffix}"),
            log_groomer: Some(&groomer.groomer).filter(|_| is_stateful || groomer.require_persistence == Some(false)),
            wait_for_migrations: Some(&worker.wait_for_migrations),
            own_volume: Some(&worker.persistence),
            keda: Some((&worker.keda, Demand::Tasks(queues))),
            kerberos: Some(Containers { init: &worker.kerberos_init_container, sidecar: &worker.kerberos_sidecar }),
            safe_to_evict: worker.safe_to_evict,
        },
    );
    pod.name.push_str(&suffix);
    if !suffix.is_empty() {
        for labels in [&mut pod.selector, &mut pod.template.labels] {
            labels.insert("worker-set".to_owned(), set.name.to_string());
        }
    }
    // A pod of two budgets cannot be evicted.
    let is_one_of_several = suffix.is_empty() && sets(basis.values).len() > 1;
    pod.apart = (is_one_of_several && !basis.is_for_helm()).then(|| Absent::of("worker-set"));
    // What workers say of themselves has precedence over what is said for all pods.
    if let Some(safe) = worker.safe_to_evict.filter(|_| !worker.workload.pod_annotations.0.contains_key(SAFE_TO_EVICT)) {
        pod.template.annotations.insert(SAFE_TO_EVICT.to_owned(), safe.to_string());
    }
    // Only the main process is told to end, so that tasks may end before it.
    pod.env.insert(0, plain("DUMB_INIT_SETSID", "0"));
    pod.args = worker.workload.args.as_ref().map(|args| args.iter().map(|argument| asking_for(argument, queues)).collect());
    pod.scaler.labels.insert("deploymentName".to_owned(), format!("{}-worker{suffix}", basis.names.release));
    pod.is_stateful = is_stateful;
    pod.kind = kind(pod.is_stateful);
    pod.logs = PodLogs::of(basis, &worker.workload, Some(&worker.persistence), pod.is_stateful);
    let by_keda = worker.keda.enabled == Some(true);
    let by_metrics = worker.hpa.enabled == Some(true) && !by_keda;
    pod.scaler.decides = by_keda || by_metrics;
    pod.budget_name.push_str(&suffix);
    Set { pod, by_keda, by_metrics }
}

/// The default command takes tasks of the queues that the set has.
fn asking_for(argument: &str, queues: &str) -> String {
    if argument != Worker::DEFAULT_COMMAND || matches!(queues, "" | "default") {
        return argument.to_owned();
    }
    // A shell reads it.
    let quoted: Vec<_> = queues.split(',').map(shell::word).collect();
    format!("{argument} -q {}", literal::of(quoted.join(",")))
}

/// The accounts of Celery's workers, and whether each is among the manifests.
fn accounts_of_sets(basis: &Basis<'_>) -> impl Iterator<Item = (String, bool)> {
    sets(basis.values).iter().map(|set| {
        let workload = &set.worker.workload;
        (account_name(basis, &format!("worker{}", suffix(set)), workload), workload.service_account.create == Some(true))
    })
}

/// The accounts of Celery's workers that have to exist.
pub fn external(basis: &Basis<'_>) -> impl Iterator<Item = External> {
    let sets: Vec<(String, bool)> = accounts_of_sets(basis).collect();
    let of_chart = of_chart(basis).filter(|account| sets.iter().all(|(name, _)| name != account));
    let missing = sets.into_iter().filter(|(_, made)| !made).map(|(name, _)| name);
    missing.chain(of_chart).map(|name| External::object("ServiceAccount", name))
}

/// The account that the chart binds its roles to: that of Celery's default workers, even where there are none.
fn of_chart(basis: &Basis<'_>) -> Option<String> {
    let workers = &basis.values.workers;
    let is_bound = basis.is_for_helm() && basis.values.executor.uses_celery();
    is_bound.then(|| account_name(basis, "worker", &workers.of_celery().workload))
}

/// The accounts of all workers.
pub fn accounts(basis: &Basis<'_>) -> Vec<String> {
    let of_sets = accounts_of_sets(basis).map(|(name, _)| name);
    let mut accounts: Vec<String> = of_chart(basis).map_or_else(|| of_sets.collect(), |account| vec![account]);
    if basis.values.executor.uses_kubernetes() {
        let account = super::task_pods::account(basis);
        if !accounts.contains(&account) {
            accounts.push(account);
        }
    }
    accounts
}
