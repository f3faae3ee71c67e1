//! Sets of a component's pods that take different work: triggerers and workers at the edge for queues, DAG processors for
//! bundles.

use crate::literal;
use crate::model::current::pod::{Absent, Pod, Pods, Subject, kind};
use crate::model::current::storage::PodLogs;
use crate::model::variable::plain;
use crate::shell;
use crate::values::{
    Background, Component, DagProcessor, DagProcessorSet, Demand, EdgeWorkerKeys, EdgeWorkerSet, EdgeWorkers, QueueName, Triggerer,
    TriggererKeys, TriggererSet,
};

/// A set, as its template sees it.
struct Set<'v> {
    name: &'v str,
    /// The command that is told what it takes, and how it is told.
    command: &'static str,
    options: String,
    /// The label that tells its pods from others.
    label: &'static str,
    /// Whether it is one of several.
    has_others: bool,
}

/// What the templates of the DAG processors see.
pub fn dag_processors<'v>(pods: &Pods<'_, 'v>) -> Vec<Pod<'v>> {
    let component = &pods.basis.values.dag_processor;
    if !component.enabled(pods.basis.values) {
        return Vec::new();
    }
    let of = |set: &'v DagProcessorSet| {
        let options = set.bundles.iter().map(|bundle| format!(" --bundle-name {}", quoted(bundle))).collect();
        let own = Set {
            name: &set.name,
            command: DagProcessor::DEFAULT_COMMAND,
            options,
            label: "dag-processor-set",
            has_others: !component.sets.is_empty(),
        };
        let Background { safe_to_evict, log_groomer_sidecar, wait_for_migrations, .. } = &set.keys.background;
        let subject = Subject {
            component,
            own: &set.keys,
            workload: &set.keys.workload,
            account: component.account_name().to_owned(),
            log_groomer: Some(log_groomer_sidecar),
            wait_for_migrations: Some(wait_for_migrations),
            own_volume: None,
            keda: None,
            kerberos: None,
            safe_to_evict: *safe_to_evict,
        };
        named(pods.of("dag_processor", &subject), &own, &subject)
    };
    component.all().iter().map(of).collect()
}

/// What the templates of the triggerers see.
pub fn triggerers<'v>(pods: &Pods<'_, 'v>) -> Vec<Pod<'v>> {
    let basis = pods.basis;
    let component = &basis.values.triggerer;
    if !component.enabled(basis.values) {
        return Vec::new();
    }
    let of = |set: &'v TriggererSet| {
        let team = set.team_name.as_deref().map(|team| format!(" --team-name {}", quoted(team))).unwrap_or_default();
        let own = Set {
            name: &set.name,
            command: Triggerer::DEFAULT_COMMAND,
            options: of_queues(&set.queues) + &team,
            label: "triggerer-set",
            has_others: !component.sets.is_empty(),
        };
        let TriggererKeys { persistence, keda, background, workload, .. } = &set.keys;
        let subject = Subject {
            component,
            own: &set.keys,
            workload,
            account: component.account_name().to_owned(),
            log_groomer: Some(&background.log_groomer_sidecar),
            wait_for_migrations: Some(&background.wait_for_migrations),
            own_volume: Some(persistence),
            keda: Some((keda, Demand::Triggers { queues: &set.queues, has_queues: component.has_queues() })),
            kerberos: None,
            safe_to_evict: background.safe_to_evict,
        };
        let mut pod = named(pods.of("triggerer", &subject), &own, &subject);
        pod.is_stateful = persistence.enabled == Some(true);
        pod.kind = kind(pod.is_stateful);
        pod.logs = PodLogs::of(basis, workload, Some(persistence), pod.is_stateful);
        pod.scaler.decides = keda.enabled == Some(true);
        pod
    };
    component.all().iter().map(of).collect()
}

/// What the templates of the workers at the edge see.
pub fn edge_workers<'v>(pods: &Pods<'_, 'v>) -> Vec<Pod<'v>> {
    let values = pods.basis.values;
    let component = &*values.workers.edge;
    if !component.enabled(values) {
        return Vec::new();
    }
    let of = |set: &'v EdgeWorkerSet| {
        let EdgeWorkerKeys { queues, concurrency, hpa, log_groomer_sidecar, safe_to_evict, workload, .. } = &set.keys;
        let concurrency = concurrency.map(|tasks| format!(" --concurrency {tasks}")).unwrap_or_default();
        let own = Set {
            name: &set.name,
            command: EdgeWorkers::DEFAULT_COMMAND,
            options: of_queues(queues) + &concurrency,
            label: "worker-set",
            has_others: !component.sets.is_empty(),
        };
        let subject = Subject {
            component,
            own: &set.keys,
            workload,
            account: component.account_name().to_owned(),
            log_groomer: Some(log_groomer_sidecar),
            wait_for_migrations: None,
            own_volume: None,
            keda: None,
            kerberos: None,
            safe_to_evict: *safe_to_evict,
        };
        let mut pod = named(pods.of("workers.edge", &subject), &own, &subject);
        // Only the main process is told to end, so that tasks may end before it; and there is no database to wait for.
        pod.env.splice(0..0, [plain("DUMB_INIT_SETSID", "0"), plain("CONNECTION_CHECK_MAX_COUNT", "0")]);
        pod.scaler.decides = hpa.enabled == Some(true);
        pod
    };
    component.all(values).iter().map(of).collect()
}

/// The option with the queues that a command takes work of.
fn of_queues(queues: &[QueueName]) -> String {
    let quoted = || queues.iter().map(|queue| quoted(queue)).collect::<Vec<_>>().join(",");
    if queues.is_empty() { String::new() } else { format!(" --queues {}", quoted()) }
}

/// A word as a shell and the kubelet read it.
fn quoted(word: &str) -> String {
    literal::of(shell::word(word)).into_owned()
}

/// The pods of a set: with its name, and told what it takes.
fn named<'v>(mut pod: Pod<'v>, set: &Set<'_>, subject: &Subject<'v>) -> Pod<'v> {
    if !set.name.is_empty() {
        let suffix = format!("-{}", set.name);
        pod.name.push_str(&suffix);
        pod.budget_name.push_str(&suffix);
        for labels in [&mut pod.selector, &mut pod.template.labels] {
            labels.insert(set.label.to_owned(), set.name.to_owned());
        }
        if let Some(name) = pod.scaler.labels.get_mut("deploymentName") {
            name.push_str(&suffix);
        }
    }
    // A pod of two budgets cannot be evicted.
    pod.apart = (set.name.is_empty() && set.has_others).then(|| Absent::of(set.label));
    let told = |argument: &String| if argument == set.command { format!("{argument}{}", set.options) } else { argument.clone() };
    pod.args = subject.workload.args.as_ref().map(|args| args.iter().map(told).collect());
    pod
}
