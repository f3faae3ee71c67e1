//! Celery's workers: the default ones, and sets that differ from them.

use serde_json::{Map, Value, json};

use super::component::{SAFE_TO_EVICT, Shared, named_account};
use super::{Basis, keda};
use crate::model::External;
use crate::values::Worker;

/// Sections, whose keys are laid one over the other; other maps, which Kubernetes defines or which are free, replace.
const SECTIONS: [&str; 13] = [
    "advanced",
    "horizontalPodAutoscalerConfig",
    "hpa",
    "keda",
    "kerberosInitContainer",
    "kerberosSidecar",
    "livenessProbe",
    "logGroomerSidecar",
    "persistence",
    "podDisruptionBudget",
    "securityContexts",
    "serviceAccount",
    "waitForMigrations",
];
/// Keys that are on if any of the layers says so.
const EITHER: [&str; 2] = ["kerberosInitContainer", "kerberosSidecar"];

/// Celery's workers, a set each: the default ones have the name `default`.
fn sets(basis: &Basis<'_>) -> Vec<(String, Worker)> {
    let workers = &basis.values.workers;
    let tree = |value: Value| if let Value::Object(map) = value { map } else { Map::new() };
    let both = tree(json!(workers.both));
    let celery = overlaid(&both, tree(json!(workers.celery.worker)));
    let typed = |map: Map<String, Value>| serde_json::from_value::<Worker>(Value::Object(map)).unwrap_or_default();
    let default = (workers.celery.enable_default == Some(true)).then(|| ("default".to_owned(), typed(celery.clone())));
    let own = workers.celery.sets.iter().map(|set| {
        let over = without_nothing(tree(json!(set.worker)));
        (set.name.to_string(), typed(merged(&celery, &over, "", false)))
    });
    default.into_iter().chain(own).collect()
}

/// What is said, over what is said for both kinds of workers.
pub fn overlaid(both: &Map<String, Value>, own: Map<String, Value>) -> Map<String, Value> {
    merged(both, &without_nothing(own), "", true)
}

/// A map without what says nothing: null, and empty maps and lists.
fn without_nothing(map: Map<String, Value>) -> Map<String, Value> {
    let tidy = |value: Value| match value {
        Value::Object(map) => Value::Object(without_nothing(map)),
        other => other,
    };
    let nothing =
        |value: &Value| value.is_null() || value.as_object().is_some_and(Map::is_empty) || value.as_array().is_some_and(Vec::is_empty);
    map.into_iter().map(|(key, value)| (key, tidy(value))).filter(|(_, value)| !nothing(value)).collect()
}

/// One layer of workers over another, as the chart puts them together.
fn merged(base: &Map<String, Value>, over: &Map<String, Value>, section: &str, either: bool) -> Map<String, Value> {
    let mut result = base.clone();
    for (key, value) in over {
        let new = match (base.get(key), value) {
            (Some(Value::Object(base)), Value::Object(over)) if SECTIONS.contains(&key.as_str()) => {
                Value::Object(merged(base, over, key, either))
            }
            (Some(Value::Bool(old)), Value::Bool(new)) if either && EITHER.contains(&section) => Value::Bool(*old || *new),
            (_, value) => value.clone(),
        };
        result.insert(key.clone(), new);
    }
    result
}

/// The volume for logs that each worker has; the scheduler's pods have the same where tasks run in them.
pub fn persistence(basis: &Basis<'_>) -> Value {
    let workers = &basis.values.workers;
    let tree = |value: Value| if let Value::Object(map) = value { map } else { Map::new() };
    Value::Object(overlaid(&tree(json!(workers.both.persistence)), tree(json!(workers.celery.worker.persistence))))
}

/// The end of the names of a set's objects.
fn suffix(name: &str) -> String {
    if name == "default" { String::new() } else { format!("-{name}") }
}

/// What the templates of Celery's workers see, a set each.
pub fn facts(shared: &Shared<'_, '_>) -> Value {
    let basis = shared.basis;
    let celery = basis.values.executor.uses_celery();
    sets(basis).into_iter().filter(|_| celery).map(|(name, worker)| set(shared, &name, worker)).collect()
}

fn set(shared: &Shared<'_, '_>, name: &str, mut worker: Worker) -> Value {
    let basis = shared.basis;
    let component = &basis.values.workers;
    let keda = worker.keda.enabled == Some(true);
    let hpa = worker.hpa.enabled == Some(true) && !keda;
    let queue = worker.queue.clone().unwrap_or_else(|| "default".to_owned());
    ask_for_queues(&mut worker, &queue);
    let mut seen = shared.see_as(component, json!(worker), &worker.workload, worker.safe_to_evict);
    let suffix = suffix(name);
    let account = named_account(basis, &format!("worker{suffix}"), &worker.workload);
    if name != "default" {
        for place in ["selector", "podLabels"] {
            seen[place]["worker-set"] = json!(name);
        }
    }
    // What workers say of themselves has precedence over what is said for all pods.
    if let Some(safe) = worker.safe_to_evict.filter(|_| !worker.workload.pod_annotations.0.contains_key(SAFE_TO_EVICT)) {
        seen["podAnnotations"][SAFE_TO_EVICT] = json!(safe.to_string());
    }
    // Only the main process is told to end, so that tasks may end before it.
    let gently = json!({"name": "DUMB_INIT_SETSID", "value": "0"});
    if let Some(env) = seen["env"].as_array_mut() {
        env.insert(0, gently);
    }
    seen["scalerLabels"]["deploymentName"] = json!(format!("{}-worker{suffix}", basis.names.release));
    let own = json!({
        "name": format!("{}{suffix}", basis.names.of("worker")),
        "isStateful": worker.persistence.enabled == Some(true),
        "isScaled": keda || hpa,
        "budgetName": format!("{}-pdb{suffix}", basis.names.of("worker")),
        "byKeda": keda,
        "byMetrics": hpa,
        "trigger": keda::trigger(basis, &worker.keda, || keda::query_for_tasks(basis.values, &queue)),
    });
    if let (Some(seen), Value::Object(own)) = (seen.as_object_mut(), own) {
        seen.extend(own);
    }
    seen["serviceAccount"]["name"] = json!(account);
    seen
}

/// The default command takes tasks of the queues that the set has.
fn ask_for_queues(worker: &mut Worker, queue: &str) {
    const DEFAULT: &str = "exec \\\nairflow celery worker";
    if queue == "default" || queue.is_empty() {
        return;
    }
    for argument in worker.workload.args.iter_mut().flatten().filter(|argument| *argument == DEFAULT) {
        *argument = format!("{DEFAULT} -q {queue}");
    }
}

/// User and group of a pod, as `chown` takes them.
pub fn chown(security: &Value) -> String {
    format!("{}:{}", security["runAsUser"], security["fsGroup"]).replace("null", "0")
}

/// The accounts of Celery's workers that have to exist.
pub fn external(basis: &Basis<'_>) -> Vec<External> {
    let celery = basis.values.executor.uses_celery();
    let sets = sets(basis).into_iter().filter(|(_, worker)| celery && worker.workload.service_account.create != Some(true));
    sets.map(|(name, worker)| named_account(basis, &format!("worker{}", suffix(&name)), &worker.workload))
        .map(|name| External::object("ServiceAccount", name))
        .collect()
}

/// The accounts of all workers.
pub fn accounts(basis: &Basis<'_>) -> Vec<String> {
    let values = basis.values;
    let mut accounts = Vec::new();
    if values.executor.uses_celery() {
        accounts
            .extend(sets(basis).iter().map(|(name, worker)| named_account(basis, &format!("worker{}", suffix(name)), &worker.workload)));
    }
    if values.executor.uses_kubernetes() {
        let account = super::task_pods::account(basis);
        if !accounts.contains(&account) {
            accounts.push(account);
        }
    }
    accounts
}
