//! `gen krm`: a function as kustomize and kpt run it.

use serde_json::Value;

use crate::support::{Run, run, run_in, run_with_input};

const CONFIG: &str = "\
functionConfig:
  apiVersion: gen/v1
  kind: Airflow
  metadata:
    name: airflow
    namespace: data
    annotations:
      config.kubernetes.io/function: |
        exec: {path: gen, args: [krm]} # as it is
  spec:
    airflowVersion: \"3.2.2\" # quoted
    executor: KubernetesExecutor
    fernetKeySecretName: keys
";

/// Something that is not gen's, written as no program would.
const OTHER: &str = "\
- # of somebody
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: other, annotations: {config.kubernetes.io/path: 'other.yaml', internal.config.kubernetes.io/path: 'other.yaml'}}
  data:
    a: '1.10' # stays

    b: |-
      - x
";

fn list(items: &str) -> String {
    format!("apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:\n{items}{CONFIG}")
}

fn krm(input: &str) -> Run {
    run_with_input(&["krm", "-q", "--with-secrets"], input)
}

fn parsed(text: &str) -> Value {
    yaml_serde::from_str(text).unwrap()
}

/// The objects of a list, without what tools say of them and without the ledger.
fn objects(text: &str) -> Vec<Value> {
    let mut items = parsed(text)["items"].as_array().unwrap().clone();
    items.retain(|item| !item["metadata"]["name"].as_str().unwrap().starts_with("gen-ledger-"));
    for item in &mut items {
        let metadata = item["metadata"].as_object_mut().unwrap();
        if let Some(annotations) = metadata.get_mut("annotations").and_then(Value::as_object_mut) {
            annotations.retain(|key, _| !key.contains("config.kubernetes.io/"));
            if annotations.is_empty() {
                metadata.remove("annotations");
            }
        }
    }
    items
}

#[test]
fn the_list_has_what_gen_prints() {
    let done = krm(&list(OTHER));
    assert_eq!((done.status, done.stderr.as_str()), (0, ""));
    let settings = "airflowVersion=3.2.2,executor=KubernetesExecutor,fernetKeySecretName=keys";
    let printed = run(&["-q", "-n", "data", "--set-string", settings, "--format", "json"]).stdout;
    let printed: Value = serde_json::from_str(&printed).unwrap();
    assert_eq!(objects(&done.stdout)[1..], printed["items"].as_array().unwrap()[..]);
    // What is not gen's has its lines.
    let head = format!("apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:\n{OTHER}");
    assert!(done.stdout.starts_with(&head), "{}", &done.stdout[..500]);
    assert!(done.stdout.contains(CONFIG));
    let paths: Vec<Value> = parsed(&done.stdout)["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["metadata"]["annotations"]["internal.config.kubernetes.io/path"].clone())
        .collect();
    assert!(paths.contains(&"data/airflow/scheduler/scheduler-deployment.yaml".into()), "{paths:?}");
    assert_eq!(paths.last(), Some(&"data/airflow/gen-ledger.yaml".into()));
}

/// A pipeline hands the list of one on to the next.
#[test]
fn functions_of_one_name_leave_each_other_alone() {
    let of = |list: &str, namespace: &str| {
        let start = list.find("functionConfig:").unwrap();
        let done = krm(&format!("{}{}", &list[..start], CONFIG.replace("namespace: data", &format!("namespace: {namespace}"))));
        assert_eq!((done.status, done.stderr.as_str()), (0, ""));
        done.stdout
    };
    let dev = objects(&of(&list(OTHER), "dev"));
    let prod = objects(&of(&list(OTHER), "prod"));
    let both = of(&of(&list(OTHER), "dev"), "prod");
    assert_eq!(objects(&both), [&dev[..], &prod[1..]].concat());
    let again = of(&of(&both, "dev"), "prod");
    assert_eq!(objects(&again), objects(&both));
    let ledgers: Vec<Value> = parsed(&both)["items"].as_array().unwrap().iter().map(|item| item["metadata"].clone()).collect();
    let ledgers = ledgers.into_iter().filter(|metadata| metadata["name"] == "gen-ledger-airflow");
    let ledgers: Vec<String> = ledgers
        .map(|metadata| format!("{} {}", metadata["namespace"], metadata["annotations"]["internal.config.kubernetes.io/path"]))
        .collect();
    assert_eq!(ledgers, ["\"dev\" \"dev/airflow/gen-ledger.yaml\"", "\"prod\" \"prod/airflow/gen-ledger.yaml\""]);
    // Of settings, release and namespace tell which function it is.
    let settings = |list: &str, namespace: &str| {
        let data = format!("{{airflowVersion: 3.2.2, executor: LocalExecutor, namespace: {namespace}}}");
        let start = list.find("functionConfig:").unwrap_or(list.len());
        let config =
            format!("functionConfig:\n  apiVersion: v1\n  kind: ConfigMap\n  metadata: {{name: function-input}}\n  data: {data}\n");
        let done = krm(&format!("{}{config}", &list[..start]));
        assert_eq!((done.status, done.stderr.as_str()), (0, ""));
        done.stdout
    };
    let empty = "kind: ResourceList\nitems: []\n";
    let (dev, prod) = (objects(&settings(empty, "dev")), objects(&settings(empty, "prod")));
    assert_eq!(objects(&settings(&settings(empty, "dev"), "prod")), [dev, prod].concat());
}

#[test]
fn a_second_run_changes_nothing_and_another_one_what_it_has_to() {
    let first = krm(&list(OTHER)).stdout;
    let again = krm(&first);
    assert_eq!((again.status, again.stderr.as_str()), (0, ""));
    assert!(again.stdout == first, "{}", crate::support::difference(&first, &again.stdout));
    // A tool that keeps files says where each object is from; one of them is edited by hand.
    let kept = first.replace("path: data/airflow/scheduler/scheduler-deployment.yaml", "path: mine.yaml");
    let changed = kept.replacen("  spec:\n    airflowVersion", "  spec:\n    statsd: {enabled: false}\n    airflowVersion", 1);
    let done = krm(&changed);
    assert_eq!((done.status, done.stderr.as_str()), (0, ""));
    assert!(first.contains("name: airflow-statsd\n") && !done.stdout.contains("name: airflow-statsd\n"), "{}", done.stdout);
    assert_eq!(done.stdout.matches("path: mine.yaml").count(), 1);
    assert!(done.stdout.contains(OTHER));
    assert!(krm(&done.stdout.replacen("statsd: {enabled: false}", "statsd: {enabled: true}", 1)).stdout.contains("name: airflow-statsd\n"));
}

#[test]
fn what_gen_did_not_make_is_in_the_way() {
    let account = "- apiVersion: v1\n  kind: ServiceAccount\n  metadata: {name: airflow-scheduler, namespace: data}\n";
    let done = krm(&list(account));
    assert_eq!(done.status, 1);
    insta::assert_snapshot!("in_the_way", done.stderr);
    assert!(done.stdout.starts_with(&list(account)), "{}", done.stdout);
    // That of another namespace is another object.
    assert_eq!(krm(&list(&account.replace("data", "other"))).status, 0);
}

#[test]
fn what_is_wrong_is_among_the_results() {
    let input = list(OTHER).replace("executor: Kubernetes", "scheduler: {replcas: 2}\n    fernetKey: hunter2hunter2\n    executor: Dask");
    let done = krm(&input);
    assert_eq!(done.status, 1);
    let results = done.stdout.strip_prefix(&input).expect("the list stays as it is");
    insta::assert_snapshot!("results", format!("{results}\n{}", done.stderr));
    assert!(!results.contains("hunter2") && !done.stderr.contains("hunter2"));
    // Warnings are among them too, and the list has the objects.
    let input = list(OTHER).replace("executor: Kubernetes", "executor: Dask");
    let done = run_with_input(&["krm"], &input);
    assert_eq!(done.status, 0, "{}", done.stderr);
    let results = &parsed(&done.stdout)["results"];
    let found =
        results.as_array().unwrap().iter().find(|one| one["field"]["path"] == "spec.executor").unwrap_or_else(|| panic!("{results}"));
    assert_eq!(found["severity"], "warning");
    assert_eq!(run_with_input(&["krm", "--strict"], &input).status, 1);
}

#[test]
fn a_config_map_has_settings() {
    let config = "functionConfig:\n  apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: function-input}\n  data:\n";
    let with = |data: &str| format!("apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems: []\n{config}{data}");
    let done = krm(&with("    airflowVersion: 3.2.2\n    scheduler.replicas: '3'\n    dags.gitSync.subPath: a,b\n"));
    assert_eq!((done.status, done.stderr.as_str()), (0, ""));
    let scheduler =
        objects(&done.stdout).into_iter().find(|one| one["metadata"]["name"] == "airflow-scheduler" && one["kind"] == "Deployment");
    assert_eq!(scheduler.unwrap()["spec"]["replicas"], 3);
    let done = krm(&with("    scheduler.replcas: '3'\n"));
    assert_eq!(done.status, 1);
    let results = &parsed(&done.stdout)["results"];
    assert_eq!(results[0]["field"]["path"], "data.scheduler.replcas", "{results}");
    assert_eq!(results[0]["resourceRef"]["name"], "function-input");
    assert_eq!(krm(&with("    scheduler.replicas: 3\n")).status, 1);
}

#[test]
fn options_give_values_too_and_the_list_has_precedence() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("values.yaml"), "airflowVersion: 3.2.2\nscheduler: {replicas: 2}\ntriggerer: {replicas: 4}\n")
        .unwrap();
    let spec = "kind: ResourceList\nfunctionConfig:\n  apiVersion: gen/v1\n  kind: Airflow\n  spec: {scheduler: {replicas: 3}}\n";
    let done = run_in(folder.path(), &["krm", "-q", "-f", "values.yaml"], spec);
    assert_eq!((done.status, done.stderr.as_str()), (0, ""));
    let replicas = |name: &str| {
        let found = objects(&done.stdout).into_iter().find(|one| one["metadata"]["name"] == name && one["spec"]["replicas"].is_number());
        found.map(|one| one["spec"]["replicas"].clone())
    };
    assert_eq!((replicas("airflow-scheduler"), replicas("airflow-triggerer")), (Some(3.into()), Some(4.into())));
    // A list without what the function has to do, in JSON.
    let done = run_in(folder.path(), &["krm", "-q", "-f", "values.yaml"], r#"{"kind": "ResourceList", "items": []}"#);
    assert_eq!(done.status, 0, "{}", done.stderr);
    assert!(objects(&done.stdout).len() > 10);
}

#[test]
fn secrets_with_real_values_are_left_out() {
    let input = list("")
        .replace("items:\n", "items: []\n")
        .replace("fernetKeySecretName: keys", "fernetKey: \"JY498Ilq8GLQ4AnFRVOqTGyAx87lnAYhDuluzHG_dIA=\"");
    let done = run_with_input(&["krm"], &input);
    assert_eq!(done.status, 0, "{}", done.stderr);
    assert!(done.stderr.contains("note: 4 Secrets with real values are left out\n"), "{}", done.stderr);
    assert!(!objects(&done.stdout).iter().any(|one| one["kind"] == "Secret"));
    let done = run_with_input(&["krm", "-q", "--with-secrets"], &input);
    assert!(objects(&done.stdout).iter().any(|one| one["kind"] == "Secret"), "{}", done.stderr);
}

#[test]
fn what_hands_a_directory_over_is_left_out() {
    let plain = krm(&list("").replace("items:\n", "items: []\n").replace("executor:", "delivery: flux\n    executor:"));
    let flux = "delivery: flux\n    flux: {kustomization: {enabled: true, path: ./rendered}}\n    executor:";
    let done = run_with_input(&["krm", "--with-secrets"], &list("").replace("items:\n", "items: []\n").replace("executor:", flux));
    assert_eq!(done.status, 0, "{}", done.stderr);
    assert!(done.stderr.contains("note: the Kustomization `airflow` is left out\n"), "{}", done.stderr);
    assert_eq!(objects(&done.stdout), objects(&plain.stdout));
}

#[test]
fn what_is_no_input_of_a_function_is_told() {
    let told: String = [
        "",
        "kind: List\nitems: []\n",
        "kind: ResourceList\n- a\n",
        "kind: ResourceList\nitems: []\n",
        "kind: ResourceList\nfunctionConfig: {apiVersion: gen/v2, kind: Airflow, spec: {}}\n",
        "kind: ResourceList\nfunctionConfig: {apiVersion: gen/v1, kind: Aiflow, spec: {}}\n",
        "kind: ResourceList\nfunctionConfig: {apiVersion: gen/v1, kind: Airflow, values: {fernetKey: hunter2hunter2}}\n",
        "kind: ResourceList\nfunctionConfig: {apiVersion: gen/v1, kind: Airflow, spec: [a]}\n",
        "kind: ResourceList\nitems: {a: {kind: Secret}}\n",
        "kind: ResourceList\nitems: hunter2\n",
        "kind: ResourceList\nitems:\n- {kind: List}\n- hunter2\n",
        "kind: ResourceList\nfunctionConfig: {apiVersion: gen/v1, kind: Airflow, metadata: {name: ../../x}, spec: {releaseName: a}}\n",
        "kind: ResourceList\nfunctionConfig:\n  apiVersion: gen/v1\n  kind: Airflow\n  metadata: {annotations: {config.kubernetes.io/path: ../../etc/x.yaml, \
         internal.config.kubernetes.io/path: /etc/x.yaml}}\n",
    ]
    .iter()
    .map(|input| {
        let done = krm(input);
        format!("{}\n{}\n", done.status, done.stderr)
    })
    .collect();
    assert!(!told.contains("hunter2"));
    insta::assert_snapshot!("no_input_of_a_function", told);
}
