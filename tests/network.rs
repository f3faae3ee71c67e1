//! Who may connect to whom under the network policies that are rendered, judged by what the API says they mean.
//!
//! Whom Airflow connects to is written down here as it was seen (`docs/differences.md` says where), and not taken from the
//! crate: `needs` reads the manifests alone. Each connection that a release needs has to be let in, and none of a stranger.

mod corners;
mod release;
mod semantics;

use std::collections::BTreeSet;
use std::net::IpAddr;

use crate::golden::cases;
use crate::support::{Run, run_with_input};
use libtest_mimic::{Failed, Trial};
use release::Release;
use semantics::{End, Labels, Pod, Target};

/// What runs Airflow.
const OF_AIRFLOW: [&str; 9] =
    ["scheduler", "api-server", "webserver", "triggerer", "dag-processor", "worker", "base", "run-airflow-migrations", "create-user"];

/// What else a release has.
const SERVERS: [&str; 3] = ["redis", "statsd", "postgresql"];

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
    "{airflowVersion: 3.2.0, workers: {celery: {sets: [{name: gpu, queue: gpu}]}}}",
    "{airflowVersion: 3.2.0, workers: {persistence: {enabled: false}}, triggerer: {persistence: {enabled: false}}}",
    "{airflowVersion: 3.2.0, statsd: {enabled: false}, triggerer: {enabled: false}}",
    "{airflowVersion: 3.2.0, workers: {celery: {keda: {enabled: true}}}}",
    "{airflowVersion: 3.2.0, triggerer: {keda: {enabled: true, namespaceLabels: {kubernetes.io/metadata.name: keda}}}}",
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
        Trial::test(format!("network::{name}"), move || judge(&text))
    });
    let situations = SITUATIONS.iter().map(|values| Trial::test(format!("network::{values}"), || judge(values)));
    files.chain(situations).chain([Trial::test("network::corners", || Ok(corners::are_known()?))])
}

/// What is rendered for these values and network policies.
fn judge(values: &str) -> Result<(), Failed> {
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
        let ui =
            release.pods("api-server").map(|pod| (release.pods("ingress").next().unwrap().name.clone(), pod.name.clone(), 8080, "TCP"));
        needs.extend(ui);
    }
    let mut faults: Vec<String> = Vec::new();
    for (from, to, number, protocol) in &needs {
        let ends = (find(&release, from), find(&release, to));
        if !release.cluster.admits(End::Pod(ends.0), End::Pod(ends.1), &Target { number: *number, protocol }) {
            faults.push(format!("{from} cannot connect to {to}, port {number}/{protocol}"));
        }
    }
    // The chart has no policy for those to whom nobody connects.
    let open: &[&str] =
        if values.contains("delivery: helm") { &["dag-processor", "run-airflow-migrations", "create-user", "base"] } else { &[] };
    faults.extend(others(&release, &needs, open));
    faults.truncate(20);
    if faults.is_empty() { Ok(()) } else { Err(faults.join("\n").into()) }
}

type Connection = (String, String, u16, &'static str);

fn find<'r>(release: &'r Release, name: &str) -> &'r Pod {
    release.cluster.pods.iter().find(|pod| pod.name == name).unwrap()
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

    // The database: all of Airflow, and KEDA, which counts tasks and triggers.
    if release.pods("postgresql").next().is_some() {
        let database = || release.behind(&service_of(release, "postgresql"), &port("5432"), "TCP");
        talk(&OF_AIRFLOW, database(), "TCP");
        if release.objects("ScaledObject").next().is_some() {
            talk(&["keda"], database(), "TCP");
        }
    }
    // Metrics: all of Airflow sends lines.
    if release.is_on("metrics", "statsd_on") {
        let (host, number) = (release.option("metrics", "statsd_host").unwrap(), release.option("metrics", "statsd_port").unwrap());
        talk(&OF_AIRFLOW, release.behind(host, &port(number), "UDP"), "UDP");
    }
    // The broker: who sends tasks, and who takes them.
    if celery && release.pods("redis").next().is_some() {
        talk(&["scheduler", "worker"], release.behind(&service_of(release, "redis"), &"redis-db".into(), "TCP"), "TCP");
    }
    // The execution API: what runs tasks. Triggerer and DAG processor have it in their own process.
    if let Some(url) = release.option("core", "execution_api_server_url") {
        let (host, number) = url.split("://").nth(1).unwrap().split('/').next().unwrap().split_once(':').unwrap();
        let api = || release.behind(host, &port(number), "TCP");
        talk(if local { &["worker", "base", "scheduler"] } else { &["worker", "base"] }, api(), "TCP");
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
fn others(release: &Release, needs: &BTreeSet<Connection>, open: &[&str]) -> Vec<String> {
    let role = |name: &str| name.rsplit_once('-').map_or(name, |(role, _)| role).replace("base", "worker");
    let needs: BTreeSet<_> = needs.iter().map(|(from, to, number, protocol)| (role(from), role(to), *number, *protocol)).collect();
    let outside: [IpAddr; 2] = [[203, 0, 113, 9].into(), [10, 1, 2, 3].into()];
    let callers = release.cluster.pods.iter().map(|pod| (pod.name.clone(), End::Pod(pod)));
    let callers: Vec<_> = callers.chain(outside.map(|address| (format!("{address}-"), End::Outside(address)))).collect();
    let (home, numbers) = (find_home(release), release.numbers());
    let of_release = |name: &str| OF_AIRFLOW.iter().chain(&SERVERS).any(|role| *role == name.rsplit_once('-').unwrap().0);
    let mut faults = Vec::new();
    // Task pods elsewhere are under the policies of their own namespace, and so are those from a template without labels.
    let judged = |pod: &&Pod| of_release(&pod.name) && pod.namespace == home && pod.labels.contains_key("release");
    for to in release.cluster.pods.iter().filter(judged).filter(|pod| !open.contains(&pod.name.rsplit_once('-').unwrap().0)) {
        let to_role = role(&to.name);
        for (from, end) in callers.iter().filter(|(from, _)| *from != to.name) {
            let all_welcome = ["statsd", "postgresql"].contains(&to_role.as_str()) && of_release(from);
            for (number, protocol) in numbers.iter().flat_map(|number| [(*number, "TCP"), (*number, "UDP")]) {
                let welcome = all_welcome || needs.contains(&(role(from), to_role.clone(), number, protocol));
                if !welcome && release.cluster.admits(*end, End::Pod(to), &Target { number, protocol }) {
                    faults.push(format!("{from} can connect to {}, port {number}/{protocol}", to.name));
                }
            }
        }
    }
    faults
}

fn find_home(release: &Release) -> String {
    release.pods("scheduler").next().unwrap().namespace.clone()
}
