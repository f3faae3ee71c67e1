//! What templates and the page of objects place or test as it is: the last decisions, so that neither has any.

use serde_json::{Map, Value, json};

use crate::model::scrape;
use crate::values::Values;

/// The command of a probe that looks for a component's last heartbeat in the database.
fn heartbeat(jobs: &str) -> Value {
    let check =
        format!("CONNECTION_CHECK_MAX_COUNT=0 AIRFLOW__LOGGING__LOGGING_LEVEL=ERROR exec /entrypoint \\\nairflow jobs check {jobs}\n");
    json!(["sh", "-c", check])
}

/// The command of a probe that asks a worker of Celery.
const PING: &str = "CONNECTION_CHECK_MAX_COUNT=0 exec /entrypoint python -m celery --app \
                    airflow.providers.celery.executors.celery_executor.app inspect ping -d celery@$(hostname)";

/// The keys of components whose pods run Airflow, beside the worker sets and the task pod.
const AIRFLOW: [&str; 7] = ["apiServer", "createUserJob", "dagProcessor", "migrateDatabaseJob", "scheduler", "triggerer", "webserver"];

/// Extends the facts.
pub fn extend(facts: &mut Map<String, Value>, values: &Values) {
    storage(facts);
    let claim = !facts["logs"]["claim"]["name"].is_null();
    let git = Git::of(facts);
    for key in AIRFLOW {
        airflow(&mut facts[key], key, &git, claim);
    }
    airflow(&mut facts["taskPod"], "taskPod", &git, claim);
    for worker in facts["workerSets"].as_array_mut().into_iter().flatten() {
        airflow(worker, "workers", &git, claim);
        let stateful = worker["isStateful"] == true;
        unless(stateful, worker, "podManagementPolicy");
        unless(stateful, worker, "logGroomer");
        probe(worker, "livenessProbe", json!(["sh", "-c", PING]));
    }
    facts.insert("hasWorkers".to_owned(), (facts["workerSets"] != json!([])).into());
    probe(&mut facts["scheduler"], "livenessProbe", heartbeat("--job-type SchedulerJob --local"));
    probe(&mut facts["scheduler"], "startupProbe", heartbeat("--job-type SchedulerJob --local"));
    probe(&mut facts["triggerer"], "livenessProbe", heartbeat("--job-type TriggererJob --local"));
    probe(&mut facts["dagProcessor"], "livenessProbe", heartbeat("--local --job-type DagProcessorJob"));
    facts["scheduler"]["generalLabels"]["executor"] = facts["executorLabel"].clone();
    server(facts, "apiServer", "api-server", "apiServer");
    server(facts, "webserver", "airflow-ui", "airflowUI");
    let scraped = scrape::annotations(&values.statsd.service.extra_annotations, values.ports.statsd_scrape);
    facts["statsd"]["serviceAnnotations"] = json!(scraped);
    let keys = &facts["redis"]["persistence"];
    facts["redis"]["hasOwnClaim"] = (keys["enabled"] == true && !says(&keys["existingClaim"])).into();
    facts["secrets"]["redis"] = json!([facts["secrets"]["redisPassword"], facts["secrets"]["brokerUrl"]]);
    for file in ["apiServer", "webserver"] {
        facts["webserverConfig"][file]["make"] = says(&facts["webserverConfig"][file]["text"]).into();
    }
    facts["extras"]["hasLimits"] = says(&facts["extras"]["limits"]).into();
    facts["extras"]["hasQuotas"] = says(&facts["extras"]["quotas"]).into();
}

/// Whether a value says anything.
fn says(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(entries) => !entries.is_empty(),
        _ => true,
    }
}

/// A fact that holds only under a condition.
fn unless(holds: bool, component: &mut Value, fact: &str) {
    if !holds {
        component[fact] = Value::Null;
    }
}

/// The volumes of DAGs and logs: what they are made of.
fn storage(facts: &mut Map<String, Value>) {
    for place in ["dags", "logs"] {
        let keys = &facts[place];
        let claim = &keys["claim"]["name"];
        let empty = if says(&keys["emptyDir"]) { keys["emptyDir"].clone() } else { json!({}) };
        let source = if claim.is_null() { json!({"emptyDir": empty}) } else { json!({"persistentVolumeClaim": {"claimName": claim}}) };
        facts[place]["onVolume"] = (!claim.is_null()).into();
        facts[place]["source"] = source;
        facts[place]["hasVolume"] = (!facts[place]["volume"].is_null()).into();
    }
}

/// Whether DAGs come from git, and into what.
struct Git {
    enabled: bool,
    has_key: bool,
    on_volume: bool,
}

impl Git {
    fn of(facts: &Map<String, Value>) -> Self {
        Self {
            enabled: !facts["gitSync"].is_null(),
            has_key: says(&facts["gitSync"]["sshKeySecret"]),
            on_volume: facts["dags"]["onVolume"] == true,
        }
    }
}

/// What the pods of a component of Airflow have.
fn airflow(component: &mut Value, key: &str, git: &Git, claim: bool) {
    let has_dags = component["hasDags"] == true;
    let stateful = component["isStateful"] == true;
    let alone = git.enabled && !git.on_volume;
    // Who keeps a volume that all share fetches into it; all others have a volume of their own.
    let (init, beside) = match key {
        "scheduler" => (has_dags && git.enabled, has_dags && git.enabled),
        "dagProcessor" => (alone, git.enabled),
        "taskPod" => (alone, false),
        "triggerer" | "workers" => (alone, alone),
        _ => (false, false),
    };
    let keeps = component["keepsGit"] == true;
    component["hasGitSyncInit"] = init.into();
    component["hasGitSync"] = beside.into();
    component["hasGitSyncKey"] = (has_dags && git.has_key && (keeps || !git.on_volume)).into();
    component["mountsDags"] = (has_dags && (git.enabled || git.on_volume)).into();
    component["keepsOwnLogs"] = (stateful && !claim).into();
    component["fixesPermissions"] = (stateful && says(&component["persistence"]["fixPermissions"])).into();
    component["kind"] = if stateful { "StatefulSet" } else { "Deployment" }.into();
    component["serviceName"] = component["name"].clone();
    component["claimRetentionPolicy"] = component["persistence"]["persistentVolumeClaimRetentionPolicy"].clone();
    for fact in ["serviceName", "claimRetentionPolicy", "updateStrategy"] {
        unless(stateful, component, fact);
    }
    unless(!stateful, component, "strategy");
    let scaled = component["isScaled"] == true;
    unless(!scaled, component, "replicas");
}

/// The command of a probe, unless the user gives one.
fn probe(component: &mut Value, probe: &str, command: Value) {
    if !says(&component[probe]["command"]) {
        component[probe]["command"] = command;
    }
}

/// What the servers of the user interface have: how new pods replace old ones, the ports of the Service, who may come.
fn server(facts: &mut Map<String, Value>, key: &str, port_name: &str, port: &str) {
    let number = facts["ports"][port].clone();
    let peers = facts["networkPolicies"]["peers"][key].clone();
    let server = &mut facts[key];
    if !says(&server["strategy"]) {
        // The user interface stays while its pods are replaced.
        server["strategy"] = json!({"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 1, "maxUnavailable": 0}});
    }
    let or = |given: &Value, otherwise: Value| if says(given) { given.clone() } else { otherwise };
    server["servicePorts"] = or(&server["service"]["ports"], json!([{"name": port_name, "port": number}]));
    let ports = or(&server["networkPolicy"]["ingress"]["ports"], json!([{"port": number}]));
    server["ingressRules"] = if says(&peers) { json!([{"from": peers, "ports": ports}]) } else { json!([]) };
}
