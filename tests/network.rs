//! Who may connect to whom under the network policies that are rendered, judged by what the API says they mean.
//!
//! Whom Airflow connects to is written down here as it was seen (`docs/differences.md` says where), and not taken from the
//! crate: `needs` reads the manifests alone. Each connection that a release needs has to be let in, and none of a stranger.

mod corners;
mod questions;
mod release;
mod semantics;

use std::collections::BTreeSet;
use std::net::IpAddr;

use crate::golden::cases;
use crate::support::{Run, run_with_input};
use libtest_mimic::{Failed, Trial};
use release::Release;
use semantics::{Connection, Labels, Pod};

/// What runs Airflow.
const OF_AIRFLOW: [&str; 14] = [
    "scheduler",
    "api-server",
    "webserver",
    "triggerer",
    "dag-processor",
    "worker",
    "edge-worker",
    "base",
    "flower",
    "run-airflow-migrations",
    "create-user",
    "import-settings",
    "airflow-cleanup-pods",
    "database-cleanup",
];

/// What else a release has.
const SERVERS: [&str; 5] = ["redis", "statsd", "postgresql", "otel-collector", "pgbouncer"];

/// Values that decide who is there and who talks to whom, besides those of the values files.
const SITUATIONS: &[&str] = &[
    "{airflowVersion: 2.11.0}",
    "{airflowVersion: 2.11.0, executor: LocalExecutor}",
    "{airflowVersion: 2.11.0, executor: KubernetesExecutor}",
    "{airflowVersion: 2.11.0, executor: CeleryKubernetesExecutor}",
    "{airflowVersion: 2.11.0, executor: LocalKubernetesExecutor, dagProcessor: {enabled: true}}",
    "{airflowVersion: 3.2.0, delivery: helm}",
    "{airflowVersion: 3.2.0, executor: LocalExecutor}",
    "{airflowVersion: 3.2.0, executor: KubernetesExecutor}",
    "{airflowVersion: 3.2.0, executor: 'LocalExecutor,KubernetesExecutor'}",
    "{airflowVersion: 3.2.0, executor: 'CeleryExecutor,KubernetesExecutor', useStandardNaming: true}",
    "{airflowVersion: 3.2.0, executor: 'LocalExecutor,CeleryExecutor'}",
    "{airflowVersion: 3.2.0, executor: airflow.providers.edge3.executors.EdgeExecutor}",
    "{airflowVersion: 3.2.0, executor: 'CeleryExecutor,edge:airflow.providers.edge3.executors.EdgeExecutor', workers: {edge: {sets: [{name: gpu}]}}}",
    "{airflowVersion: 3.2.0, executor: airflow.providers.edge3.executors.EdgeExecutor, pgbouncer: {enabled: true}}",
    "{airflowVersion: 3.2.0, workers: {celery: {sets: [{name: gpu, queue: gpu}]}}}",
    "{airflowVersion: 3.2.0, workers: {persistence: {enabled: false}}, triggerer: {persistence: {enabled: false}}}",
    "{airflowVersion: 3.2.0, statsd: {enabled: false}, triggerer: {enabled: false}}",
    "{airflowVersion: 3.2.0, workers: {celery: {keda: {enabled: true}}}}",
    "{airflowVersion: 3.2.0, triggerer: {keda: {enabled: true, namespaceLabels: {kubernetes.io/metadata.name: keda}}}}",
    "{airflowVersion: 3.2.0, pgbouncer: {enabled: true}}",
    "{airflowVersion: 3.2.0, pgbouncer: {enabled: true}, ports: {pgbouncer: 7654}, triggerer: {keda: {enabled: true}}}",
    "{airflowVersion: 3.2.0, pgbouncer: {enabled: true}, workers: {celery: {keda: {enabled: true, namespaceLabels: {kubernetes.io/metadata.name: keda}}}}}",
    "{airflowVersion: 3.2.0, executor: KubernetesExecutor, namespace: airflow, config: {kubernetes_executor: {namespace: tasks}}, pgbouncer: {enabled: true}}",
    "{airflowVersion: 3.2.0, executor: KubernetesExecutor, namespace: airflow, config: {kubernetes_executor: {namespace: tasks}}}",
    "{airflowVersion: 3.2.0, executor: KubernetesExecutor, multiNamespaceMode: true}",
    "{airflowVersion: 3.2.0, executor: KubernetesExecutor, workers: {kubernetes: {labels: {component: task}}}}",
    "{airflowVersion: 3.2.0, executor: KubernetesExecutor, podTemplate: '{metadata: {labels: {a: b}}, spec: {containers: [{name: base, image: i}]}}'}",
    "{airflowVersion: 3.2.0, executor: KubernetesExecutor, podTemplate: '{spec: {containers: [{name: base, image: i}]}}'}",
    "{airflowVersion: 3.2.0, apiServer: {networkPolicy: {ingress: {from: [{ipBlock: {cidr: 198.51.100.0/24}}], ports: [{port: 9}]}}}}",
];

/// A trial for each values file, each situation, and the corners of what policies mean.
pub fn trials() -> impl Iterator<Item = Trial> {
    let files = cases("values").into_iter().map(|(name, path)| {
        let text = std::fs::read_to_string(path).unwrap();
        Trial::test(format!("network::{name}"), move || judge(&name, &text))
    });
    let situations = SITUATIONS.iter().map(|values| Trial::test(format!("network::{values}"), || judge(values, values)));
    files.chain(situations).chain([Trial::test("network::corners", || Ok(corners::are_known()?))])
}

/// What is rendered for these values and network policies.
fn judge(name: &str, values: &str) -> Result<(), Failed> {
    if values.contains("airflowVersion: 1.10") {
        // That edition has none.
        return Ok(());
    }
    let Run { status, stdout, stderr } = run_with_input(&["-f", "-", "--set", "networkPolicies.enabled=true"], values);
    if status != 0 {
        return Err(stderr.into());
    }
    let mut release = Release::of(&stdout);
    let home = find_home(&release);
    let of_app = |app: &str| Labels::from([("app".to_owned(), app.to_owned())]);
    let worker = |release: &str| {
        ["tier", "component", "release"].map(str::to_owned).into_iter().zip(["airflow", "worker", release].map(str::to_owned)).collect()
    };
    release.add_pod("keda", "keda", of_app("keda-operator"), Vec::new());
    release.add_pod("ingress", "ingress", of_app("ingress"), Vec::new());
    release.add_pod("stranger", &home, of_app("shop"), Vec::new());
    release.add_pod("stranger", &home, worker("of-another-release"), Vec::new());
    release.add_pod("stranger", "elsewhere", of_app("shop"), Vec::new());
    if !release.is_on("kubernetes_executor", "multi_namespace_mode") {
        release.add_pod("stranger", "elsewhere", worker("airflow"), Vec::new());
    }
    let mut needs = needs(&release);
    if values.contains("matchLabels: {kubernetes.io/metadata.name: ingress}") {
        let controller = || release.pods("ingress").next().unwrap().name.clone();
        needs.extend(release.pods("api-server").map(|pod| (controller(), pod.name.clone(), 8080, "TCP")));
    }
    let outside: [IpAddr; 2] = [[203, 0, 113, 9].into(), [10, 1, 2, 3].into()];
    let numbers = release.numbers().into_iter().chain(needs.iter().map(|(.., number, _)| *number)).collect();
    let admitted = release.cluster.admitted(&outside, &numbers);
    questions::note(name, &release.cluster, &outside, &numbers, &admitted);
    let missing = needs.difference(&admitted).map(|connection| format!("is not let through: {connection:?}"));
    // The chart has no policy for those to whom nobody connects.
    let open: &[&str] =
        if values.contains("delivery: helm") { &["dag-processor", "run-airflow-migrations", "create-user", "base"] } else { &[] };
    let others = others(&release, &needs, &admitted, open).into_iter().map(|connection| format!("is let through: {connection:?}"));
    let faults: Vec<String> = missing.chain(others).take(20).collect();
    if faults.is_empty() { Ok(()) } else { Err(faults.join("\n").into()) }
}

/// Who has to connect to whom.
fn needs(release: &Release) -> BTreeSet<Connection> {
    let mut needs = BTreeSet::new();
    let mut talk = |from: &[&str], to: Vec<(&Pod, u16)>, protocol: &'static str| {
        assert!(!to.is_empty(), "nobody listens to {from:?}");
        for pod in from.iter().flat_map(|role| release.pods(role)) {
            needs.extend(to.iter().map(|(listener, number)| (pod.name.clone(), listener.name.clone(), *number, protocol)));
        }
    };
    let executor = release.option("core", "executor").unwrap();
    let (local, celery) = (executor.contains("Local"), executor.contains("Celery"));
    let port = |number: &str| serde_json::Value::from(number.parse::<u16>().unwrap());

    // The database: all of Airflow but workers at the edge, and KEDA, which counts tasks and triggers.
    let behind = |role: &str, name: &serde_json::Value| release.behind(&service_of(release, role), name, "TCP");
    let has = |role: &str| release.pods(role).next().is_some();
    let asks = |who: fn(&str) -> bool| {
        let variable = |scaled: &serde_json::Value| scaled["spec"]["triggers"][0]["metadata"]["connectionFromEnv"].to_string();
        release.objects("ScaledObject").any(|scaled| who(&variable(scaled)))
    };
    // Through PgBouncer, if there is one; KEDA past it where its variable says so.
    let pool = has("pgbouncer").then(|| behind("pgbouncer", &"pgbouncer".into()));
    let database = has("postgresql").then(|| behind("postgresql", &port("5432")));
    if let Some(front) = pool.clone().or_else(|| database.clone()) {
        talk(&OF_AIRFLOW.map(|role| if role == "edge-worker" { "nobody" } else { role }), front.clone(), "TCP");
        if asks(|variable| !variable.contains("KEDA_DB_CONN")) {
            talk(&["keda"], front, "TCP");
        }
    }
    if let (Some(_), Some(database)) = (pool, database) {
        talk(&["pgbouncer"], database.clone(), "TCP");
        if asks(|variable| variable.contains("KEDA_DB_CONN")) {
            talk(&["keda"], database, "TCP");
        }
    }
    // Metrics: all of Airflow sends lines.
    if release.is_on("metrics", "statsd_on") {
        let (host, number) = (release.option("metrics", "statsd_host").unwrap(), release.option("metrics", "statsd_port").unwrap());
        talk(&OF_AIRFLOW, release.behind(host, &port(number), "UDP"), "UDP");
    }
    // OpenTelemetry: all of Airflow sends metrics or traces to the collector, by HTTP.
    for (section, signal) in [("metrics", "METRICS"), ("traces", "TRACES")] {
        if release.is_on(section, "otel_on") {
            let url = release.variable(&format!("OTEL_EXPORTER_OTLP_{signal}_ENDPOINT")).unwrap();
            let (host, number) = url.split("://").nth(1).unwrap().split('/').next().unwrap().split_once(':').unwrap();
            talk(&OF_AIRFLOW, release.behind(host, &port(number), "TCP"), "TCP");
        }
    }
    // The broker: who sends tasks, and who takes them.
    if celery && release.pods("redis").next().is_some() {
        talk(&["scheduler", "worker", "flower"], release.behind(&service_of(release, "redis"), &"redis-db".into(), "TCP"), "TCP");
    }
    // The execution API: what runs tasks. Triggerer and DAG processor have it in their own process.
    if let Some(url) = release.option("core", "execution_api_server_url") {
        let (host, number) = url.split("://").nth(1).unwrap().split('/').next().unwrap().split_once(':').unwrap();
        let api = || release.behind(host, &port(number), "TCP");
        talk(if local { &["worker", "edge-worker", "base", "scheduler"] } else { &["worker", "edge-worker", "base"] }, api(), "TCP");
    }
    // Logs: they are read where they were written, by the pod's own address.
    let logs = |option: &str, usual: u16| release.option("logging", option).map_or(usual, |number| number.parse().unwrap());
    let writers = [
        ("worker", "worker_log_server_port", 8793),
        ("scheduler", "worker_log_server_port", 8793),
        ("triggerer", "trigger_log_server_port", 8794),
    ];
    for (role, option, usual) in writers {
        let writers: Vec<_> = release.pods(role).map(|pod| (pod, logs(option, usual))).collect();
        if !writers.is_empty() && (role != "scheduler" || local) {
            talk(&["api-server", "webserver"], writers, "TCP");
        }
    }
    needs
}

/// The Service in front of the pods in which this runs.
fn service_of(release: &Release, role: &str) -> String {
    let pod = release.pods(role).next().unwrap();
    let selects = |service: &&serde_json::Value| {
        let selector: Labels = serde_json::from_value(service["spec"]["selector"].clone()).unwrap_or_default();
        !selector.is_empty() && selector.iter().all(|(key, value)| pod.labels.get(key) == Some(value))
    };
    release.objects("Service").find(selects).unwrap()["metadata"]["name"].as_str().unwrap().to_owned()
}

/// Who gets in without a need: strangers anywhere, and pods of the release where not all of it is welcome. Celery's workers and
/// task pods have the same labels, so what one of them needs, the others may do.
fn others<'a>(release: &Release, needs: &BTreeSet<Connection>, admitted: &'a BTreeSet<Connection>, open: &[&str]) -> Vec<&'a Connection> {
    let role = |name: &str| name.rsplit_once('-').map_or(name, |(role, _)| role).replace("base", "worker");
    let alike = |(from, to, number, protocol): &Connection| (role(from), role(to), *number, *protocol);
    let needs: BTreeSet<_> = needs.iter().map(alike).collect();
    let of_release = |name: &str| OF_AIRFLOW.iter().chain(&SERVERS).any(|one| name.rsplit_once('-').is_some_and(|(role, _)| role == *one));
    let home = find_home(release);
    // Task pods elsewhere are under the policies of their own namespace, and so are those from a template without labels.
    let of_others = |pod: &&Pod| !of_release(&pod.name) || pod.namespace != home || !pod.labels.contains_key("release");
    let is_open = |pod: &&Pod| open.contains(&pod.name.rsplit_once('-').unwrap().0);
    let unjudged: BTreeSet<&str> =
        release.cluster.pods.iter().filter(|pod| of_others(pod) || is_open(pod)).map(|pod| pod.name.as_str()).collect();
    // What leads to the database is not for workers at the edge, but the metrics of PgBouncer are for all.
    let all_welcome = |from: &str, to: &str, number: u16| {
        let of_metrics = ["statsd", "otel-collector"].contains(&role(to).as_str()) || number == 9127;
        let of_database = ["postgresql", "pgbouncer"].contains(&role(to).as_str()) && role(from) != "edge-worker";
        of_release(from) && (of_metrics || of_database)
    };
    let is_fault = |connection: &&Connection| {
        let (from, to, number, _) = connection;
        !unjudged.contains(to.as_str()) && !needs.contains(&alike(connection)) && !all_welcome(from, to, *number)
    };
    admitted.iter().filter(is_fault).collect()
}

fn find_home(release: &Release) -> String {
    release.pods("scheduler").next().unwrap().namespace.clone()
}
